package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventTest {
    private static HttpEvent at(@Nullable String path) {
        return new HttpEvent(path, null, null, null, null, null, false, null);
    }

    @ParameterizedTest
    @CsvSource({
        "/wishes/children/simo,   /wishes/children/simo",
        "/streams/child#a b?,     /streams/child%23a%20b%3F",
        "/children/j\u00fcrgen/%, /children/j%C3%BCrgen/%25",
        "//a:b@c,                 //a:b@c"
    })
    void a_decoded_path_is_an_address_again(String decoded, String path) {
        assertThat(at(decoded).path()).isEqualTo(path);
        assertThat(URI.create("http://127.0.0.1" + at(decoded).path()).getPath())
                .isEqualTo(decoded);
    }

    @Test
    void without_a_path_it_is_the_root() {
        assertThat(at(null).path()).isEqualTo("/");
    }

    private static boolean isJson(String type) {
        return CommandHeaders.isJson(
                new HttpEvent("/", null, Map.of("content-type", type), null, null, null, false, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json ; charset=UTF-8",
                " application/json "
            })
    void a_body_is_declared_as_json(String type) {
        assertThat(isJson(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "json",
                "text/json",
                "text/plain",
                "text/plain;application/json",
                "application/jsonp",
                "application/json,text/plain",
                "application/json text/plain",
                "application/problem+json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json"
            })
    void another_type_is_no_json(String type) {
        assertThat(isJson(type)).isFalse();
    }

    @Test
    void a_body_without_a_type_is_no_json() {
        assertThat(CommandHeaders.isJson(at("/"))).isFalse();
    }
}
