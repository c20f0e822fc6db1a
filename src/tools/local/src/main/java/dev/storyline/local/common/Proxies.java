package dev.storyline.local.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * Proxies are for hosts outside. Calls to this machine never go through one, whatever the environment variables and system
 * properties say: a proxy elsewhere would look for the local cloud on its own machine.
 */
public final class Proxies {
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "::1");

    /** The same as patterns of the JDK. */
    private static final List<String> HERE_FOR_THE_JDK = List.of("localhost", "127.*", "[::1]");

    private static final String DIRECT_HOSTS = "http.nonProxyHosts";

    /** The variables that programs read, in lower and upper case. */
    private static final List<String> VARIABLES = List.of("http_proxy", "https_proxy", "all_proxy");

    /** The properties that the JDK reads. */
    private static final List<String> PROPERTIES = List.of(
            "http.proxyHost",
            "http.proxyPort",
            "https.proxyHost",
            "https.proxyPort",
            "socksProxyHost",
            "socksProxyPort");

    private Proxies() {}

    /** Makes the clients of the JDK in this process call this machine directly. */
    public static void callThisMachineDirectly() {
        System.setProperty(DIRECT_HOSTS, joined("|", System.getProperty(DIRECT_HOSTS), HERE_FOR_THE_JDK));
        // SOCKS proxies have a list of their own.
        System.setProperty(
                "socksNonProxyHosts", joined("|", System.getProperty("socksNonProxyHosts"), HERE_FOR_THE_JDK));
    }

    /** A client of the AWS SDK for endpoints on this machine. */
    public static ApacheHttpClient.Builder direct() {
        return ApacheHttpClient.builder()
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build());
    }

    /**
     * The environment variables with which a child process uses the proxies of this process, but not for this machine.
     *
     * @param own the variables that the child process has already
     */
    public static Map<String, String> environment(Map<String, String> own) {
        return environment(own, System::getenv);
    }

    static Map<String, String> environment(Map<String, String> own, Function<String, @Nullable String> inherited) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String variable : VARIABLES) {
            for (String name : List.of(variable, variable.toUpperCase(Locale.ROOT))) {
                String value = own.getOrDefault(name, inherited.apply(name));
                if (value != null) {
                    all.put(name, value);
                }
            }
        }
        for (String name : List.of("no_proxy", "NO_PROXY")) {
            all.put(name, joined(",", own.getOrDefault(name, inherited.apply(name)), HERE));
        }
        return all;
    }

    /** The options with which a JVM uses the proxies of this one, but not for this machine. */
    public static List<String> options() {
        List<String> options = new ArrayList<>();
        for (String property : PROPERTIES) {
            String value = System.getProperty(property);
            if (value != null) {
                options.add("-D" + property + "=" + value);
            }
        }
        if (!options.isEmpty()) {
            options.add("-D" + DIRECT_HOSTS + "=" + joined("|", System.getProperty(DIRECT_HOSTS), HERE_FOR_THE_JDK));
        }
        return options;
    }

    private static String joined(String separator, @Nullable String given, List<String> more) {
        Set<String> all = new LinkedHashSet<>();
        if (given != null && !given.isBlank()) {
            all.addAll(List.of(given.strip().split(Pattern.quote(separator))));
        }
        all.addAll(more);
        return String.join(separator, all);
    }
}
