package dev.storyline.local.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    @Test
    void a_process_gets_the_proxies_and_calls_this_machine_without_them() {
        Map<String, String> here =
                Map.of("https_proxy", "http://proxy:3128", "ALL_PROXY", "socks5://proxy", "NO_PROXY", "intra.example");

        Map<String, String> given =
                Proxies.environment(Map.of("HTTP_PROXY", "http://of-the-template", "A", "b"), here::get);

        assertThat(given)
                .containsOnly(
                        Map.entry("HTTP_PROXY", "http://of-the-template"),
                        Map.entry("https_proxy", "http://proxy:3128"),
                        Map.entry("ALL_PROXY", "socks5://proxy"),
                        Map.entry("no_proxy", "localhost,127.0.0.1,::1"),
                        Map.entry("NO_PROXY", "intra.example,localhost,127.0.0.1,::1"));
    }

    @Test
    void a_process_gets_the_properties_of_the_jdk_only_where_there_are_some() {
        assertThat(Proxies.options()).noneMatch(option -> option.startsWith("-Dhttp.proxyHost"));
        System.setProperty("http.proxyHost", "proxy.example");
        try {
            assertThat(Proxies.options())
                    .contains("-Dhttp.proxyHost=proxy.example")
                    .anySatisfy(option -> assertThat(option)
                            .startsWith("-Dhttp.nonProxyHosts=")
                            .contains("127.*", "localhost"));
        } finally {
            System.clearProperty("http.proxyHost");
        }
    }
}
