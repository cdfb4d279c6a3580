package dev.goldline.judges.code.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The languages that are known, in order. */
public final class Languages {
    private static final String BUNDLED = "languages.yaml";
    private static final Set<String> KEYS =
            Set.of("name", "extensions", "compile", "run", "version", "entry", "memory-overhead-mib", "proc", "not-if");

    private final Map<String, Language> byCode;

    private Languages(Map<String, Language> byCode) {
        this.byCode = byCode;
    }

    /** C, C++, Java and Python 3. */
    public static Languages bundled() {
        try (InputStream in = Languages.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is missing from the build");
            }
            return new Languages(read(BUNDLED, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These languages and those of a YAML file, which replace others of the same code.
     *
     * @throws LanguageException naming the file, the language and the key that is wrong
     */
    public Languages with(Path file) throws IOException {
        Map<String, Language> all = new LinkedHashMap<>(byCode);
        all.putAll(read(file.toString(), Files.readString(file)));
        return new Languages(all);
    }

    public List<Language> all() {
        return List.copyOf(byCode.values());
    }

    public Optional<Language> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /**
     * The one language that some files are written in.
     *
     * @throws LanguageException if there is none, or more than one
     */
    public Language of(List<Path> files) {
        List<Language> candidates = all().stream()
                .filter(language ->
                        files.stream().anyMatch(file -> language.owns(file) && !isOfAnother(language, file)))
                .toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        String names = files.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList()
                .toString();
        throw new LanguageException(
                candidates.isEmpty()
                        ? "no known language has files like " + names + "; known: " + byCode.keySet()
                        : names + " are in several languages: "
                                + candidates.stream().map(Language::code).toList());
    }

    /** A first line that names another language's interpreter, such as that of Python 2. */
    private static boolean isOfAnother(Language language, Path file) {
        if (language.notIf().isEmpty() || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(100), StandardCharsets.ISO_8859_1);
            return begin.startsWith("#!")
                    && begin.lines().findFirst().orElse("").contains(language.notIf());
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, Language> read(String file, String text) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(text);
        } catch (JacksonException e) {
            throw new LanguageException(file + ": not YAML: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new LanguageException(file + ": expected a mapping of language codes, such as 'rust:'");
        }
        Map<String, Language> languages = new LinkedHashMap<>();
        root.properties()
                .forEach(entry -> languages.put(
                        entry.getKey(),
                        language(file + ": language " + entry.getKey(), entry.getKey(), entry.getValue())));
        return languages;
    }

    private static Language language(String where, String code, JsonNode node) {
        node.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new LanguageException(where + ": key \"" + key + "\" is unknown; known keys: "
                            + KEYS.stream().sorted().toList());
                });
        List<String> run = words(where, node, "run");
        List<String> extensions = words(where, node, "extensions");
        if (run.isEmpty() || extensions.isEmpty()) {
            throw new LanguageException(
                    where + ": key \"" + (run.isEmpty() ? "run" : "extensions") + "\" is missing; give a list");
        }
        return new Language(
                code,
                node.path("name").asString(code),
                extensions,
                words(where, node, "compile"),
                run,
                words(where, node, "version"),
                entry(where, node.path("entry").asString("first")),
                node.path("memory-overhead-mib").asLong(0) << 20,
                node.path("proc").asBoolean(false),
                node.path("not-if").asString(""));
    }

    private static Language.Entry entry(String where, String text) {
        for (Language.Entry entry : Language.Entry.values()) {
            if (entry.name().replace('_', '-').toLowerCase(Locale.ROOT).equals(text)) {
                return entry;
            }
        }
        throw new LanguageException(where + ": key \"entry\" is '" + text + "'; give first, main-file or java-class");
    }

    private static List<String> words(String where, JsonNode node, String key) {
        JsonNode list = node.path(key);
        List<String> words = new ArrayList<>();
        if (list.isMissingNode()) {
            return words;
        }
        if (!list.isArray()) {
            throw new LanguageException(where + ": key \"" + key + "\" must be a list of words");
        }
        list.forEach(word -> words.add(word.asString()));
        return words;
    }
}
