package dev.goldline.modelruntime.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThoughtSplitterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <think>why</think>so          | false | why^so
            ` <think>why</think>so`       | false | why^so
            <think></think>so             | false | ^so
            <think>a<b</thin></think>so   | false | a<b</thin>^so
            <think>open end</thi          | false | open end</thi
            so                            | false | !so
            <thin                         | false | !<thin
            <thing>                       | false | !<thing>
            so <think>x</think>           | false | !so <think>x</think>
            why</think>so                 | true  | why^so
            why</think>a</think>b         | true  | why^a</think>b
            <</think>so                   | true  | <^so
            why                           | true  | why
            """)
    void parts_thought_from_answer_however_the_text_is_cut(String text, boolean open, String expected) {
        for (int piece = 1; piece <= text.length(); piece++) {
            StringBuilder thought = new StringBuilder();
            StringBuilder answer = new StringBuilder();
            boolean[] closed = new boolean[1];
            ThoughtSplitter splitter = new ThoughtSplitter(
                    new ThoughtSplitter.Listener() {
                        @Override
                        public void thought(String part) {
                            assertThat(part).isNotEmpty();
                            thought.append(part);
                        }

                        @Override
                        public void thoughtClosed() {
                            assertThat(closed[0]).isFalse();
                            closed[0] = true;
                        }

                        @Override
                        public void answer(String part) {
                            assertThat(part).isNotEmpty();
                            answer.append(part);
                        }
                    },
                    open);
            for (int at = 0; at < text.length(); at += piece) {
                splitter.accept(text.substring(at, Math.min(text.length(), at + piece)));
            }
            splitter.finish();
            String came = closed[0] ? thought + "^" + answer : answer.isEmpty() ? "" + thought : "!" + answer;
            assertThat(came).as("in pieces of %d", piece).isEqualTo(expected);
        }
    }
}
