package dev.goldline.modelruntime.openai;

import static dev.goldline.modelruntime.openai.ScriptedServer.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyFromEnvironmentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "direct", textBlock = """
            http_proxy=http://p:3128                         | http://api.x.org/v1       | p:3128
            HTTP_PROXY=p:3128                                | http://api.x.org/v1       | p:3128
            http_proxy=a HTTP_PROXY=b                        | http://api.x.org/v1       | a:80
            http_proxy=http://p:3128                         | https://api.x.org/v1      | direct
            https_proxy=http://p:3128/                       | https://api.x.org/v1      | p:3128
            ALL_PROXY=http://p:3128                          | https://api.x.org/v1      | p:3128
            all_proxy=p:1 no_proxy=x.org                     | https://api.x.org/v1      | direct
            all_proxy=p:1 no_proxy=.x.org,y                  | https://api.x.org/v1      | direct
            all_proxy=p:1 no_proxy=*.x.org                   | https://api.x.org/v1      | direct
            all_proxy=p:1 no_proxy=ax.org,api.x              | https://api.x.org/v1      | p:1
            all_proxy=p:1 no_proxy=*                         | https://api.x.org/v1      | direct
            all_proxy=p:1 no_proxy=127.0.0.1:8000            | http://127.0.0.1:8000/v1  | direct
            all_proxy=p:1 no_proxy=127.0.0.1:8000            | http://127.0.0.1:8001/v1  | p:1
            all_proxy=p:1 NO_PROXY=localhost                 | http://LOCALHOST:8001/v1  | direct
            """)
    void picks_the_proxy_that_the_usual_variables_name(String variables, String url, String proxy) {
        Proxy chosen = new ProxyFromEnvironment(parse(variables))
                .select(URI.create(url))
                .getFirst();
        assertThat(
                        chosen.address() instanceof InetSocketAddress address
                                ? address.getHostString() + ":" + address.getPort()
                                : null)
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https_proxy=http://me:secret@p:3128 | the environment variable https_proxy holds a user or password
            HTTPS_PROXY=socks5://p:1080         | only http:// proxies are supported
            https_proxy=http://                 | is no URL
            """)
    void refuses_what_the_client_cannot_use_without_showing_it(String variables, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyFromEnvironment(parse(variables)).select(URI.create("https://x.org")))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    @Timeout(30)
    void requests_go_through_the_proxy() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(
                events("{\"choices\":[{\"delta\":{\"content\":\"2\"},\"finish_reason\":\"stop\"}]}"))) {
            Asking.Answered answered = new Asking()
                    .environment(
                            Map.of("http_proxy", "127.0.0.1:" + proxy.endpoint().getPort()))
                    .at(URI.create("http://far.invalid/v1"));
            assertThat(answered.content()).isEqualTo("2");
            assertThat(proxy.received().getFirst().head()).startsWith("POST http://far.invalid/v1/chat/completions ");
        }
    }

    private static Map<String, String> parse(String variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.strip().split(" +")) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }
}
