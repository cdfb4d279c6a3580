package dev.goldline.evaluator.grade;

import dev.goldline.judges.answer.Grade;
import dev.goldline.judges.extraction.Extraction;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A grade as JSON. */
final class GradeJson {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private GradeJson() {}

    static String of(Grade grade) {
        ObjectNode node = MAPPER.createObjectNode();
        add(node, grade);
        node.put("code", grade.code());
        add(node, "goldFound", grade.gold());
        add(node, "answerFound", grade.answer());
        return node.toString();
    }

    /** Adds the three fields of a verdict. */
    static void add(ObjectNode node, Grade grade) {
        node.put("verdict", grade.finding().equality().name());
        node.put("why", grade.finding().why());
        node.put("method", grade.finding().method());
    }

    private static void add(ObjectNode node, String name, Optional<Extraction> found) {
        found.ifPresent(each -> node.putObject(name)
                .put("content", each.content())
                .put("start", each.start())
                .put("end", each.end())
                .put("rule", each.rule().name())
                .put("guess", each.isGuess()));
    }
}
