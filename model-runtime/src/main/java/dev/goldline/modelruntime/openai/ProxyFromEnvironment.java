package dev.goldline.modelruntime.openai;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that the usual variables name: {@code https_proxy}, {@code http_proxy}, {@code all_proxy}, and {@code
 * no_proxy}, a list of hosts, domains, {@code host:port} or {@code *} that are asked directly. Names may be in capitals;
 * small letters win. Credentials and SOCKS are refused, for the HTTP client supports neither.
 */
final class ProxyFromEnvironment extends ProxySelector {
    private final Map<String, String> environment;

    ProxyFromEnvironment(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException if the variable for this URL cannot be used */
    @Override
    public List<Proxy> select(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Optional<Named> named = variable(scheme + "_proxy").or(() -> variable("all_proxy"));
        if (named.isEmpty() || isExempt(uri, scheme)) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(new Proxy(Proxy.Type.HTTP, address(named.get())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request fails with the same exception.
    }

    private record Named(String name, String value) {}

    private Optional<Named> variable(String name) {
        for (String spelling : new String[] {name, name.toUpperCase(Locale.ROOT)}) {
            String value = environment.getOrDefault(spelling, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(new Named(spelling, value));
            }
        }
        return Optional.empty();
    }

    private static InetSocketAddress address(Named variable) {
        String text = variable.value.contains("://") ? variable.value : "http://" + variable.value;
        URI proxy;
        try {
            proxy = new URI(text);
        } catch (URISyntaxException e) {
            throw bad(variable, "is no URL; expected one such as http://proxy.example:3128");
        }
        if (proxy.getRawUserInfo() != null) {
            throw bad(variable, "holds a user or password, which is not supported; use a proxy that asks for none");
        }
        if (!"http".equals(proxy.getScheme())) {
            throw bad(variable, "is a proxy of kind " + proxy.getScheme() + "; only http:// proxies are supported");
        }
        if (proxy.getHost() == null) {
            throw bad(variable, "names no host; expected a URL such as http://proxy.example:3128");
        }
        return InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
    }

    private boolean isExempt(URI uri, String scheme) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        String list = variable("no_proxy").map(Named::value).orElse("");
        for (String entry : list.split("[,\\s]+")) {
            String name = entry.toLowerCase(Locale.ROOT);
            if (name.endsWith(":" + port)) {
                name = name.substring(
                        0, name.length() - 1 - Integer.toString(port).length());
            }
            if (name.startsWith("*.")) {
                name = name.substring(1);
            }
            String domain = name.startsWith(".") ? name : "." + name;
            if (name.equals("*") || (!name.isEmpty() && (host.equals(domain.substring(1)) || host.endsWith(domain)))) {
                return true;
            }
        }
        return false;
    }

    /** The value is not repeated: it may hold a password. */
    private static IllegalArgumentException bad(Named variable, String what) {
        return new IllegalArgumentException("the environment variable " + variable.name + " " + what);
    }
}
