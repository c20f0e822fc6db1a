package dev.storyline.edge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as API Gateway's HTTP API passes it to a function (payload format 2.0), without the parts that are not
 * needed.
 *
 * @param rawPath the path, decoded
 * @param rawQueryString the query string as the client sent it
 * @param headers with names in lower case
 * @param queryStringParameters decoded; the values of a parameter that comes twice have a comma between them
 * @param pathParameters decoded, by the names of the route
 * @param body the body, in base64 if {@code isBase64Encoded}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HttpEvent(
        @Nullable String rawPath,
        @Nullable String rawQueryString,
        @Nullable Map<String, String> headers,
        @Nullable Map<String, String> queryStringParameters,
        @Nullable Map<String, String> pathParameters,
        @Nullable String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded,
        @Nullable RequestContext requestContext) {
    /** The characters that stand for themselves in a path (RFC 3986). */
    private static final String IN_A_PATH =
            "/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + "-._~!$&'()*+,;=:@";

    /** The context of the request. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RequestContext(
            @Nullable String requestId, @Nullable Authorizer authorizer) {}

    /** The result of the API's JWT authorizer. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Authorizer(@Nullable Jwt jwt) {}

    /**
     * A token that the API has checked.
     *
     * @param claims its claims, each as text; a list is {@code [a b]}
     * @param scopes the scopes that the route asks for, of which the token has one
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Jwt(
            @Nullable Map<String, String> claims, @Nullable List<String> scopes) {}

    /** The path as part of an address: API Gateway has decoded it, so it is encoded again. */
    String path() {
        StringBuilder path = new StringBuilder();
        for (byte octet : (rawPath == null ? "/" : rawPath).getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (IN_A_PATH.indexOf(character) >= 0) {
                path.append(character);
            } else {
                path.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return path.toString();
    }

    Map<String, String> pathValues() {
        return Objects.requireNonNullElse(pathParameters, Map.of());
    }

    Map<String, String> query() {
        return Objects.requireNonNullElse(queryStringParameters, Map.of());
    }

    /** The first parameter that the query string has twice; null if there is none. */
    @Nullable
    String doubled() {
        Set<String> names = new HashSet<>();
        for (String parameter : Objects.requireNonNullElse(rawQueryString, "").split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!name.isEmpty() && !names.add(name)) {
                return name;
            }
        }
        return null;
    }

    @Nullable
    String header(String name) {
        return headers == null ? null : headers.get(name);
    }

    byte[] content() {
        if (body == null) {
            return new byte[0];
        }
        return isBase64Encoded ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
    }

    /** The subject of the checked token, or {@code anonymous}. */
    String actor() {
        return Objects.requireNonNullElse(subject(), "anonymous");
    }

    /** The subject of the checked token; null without a token. */
    @Nullable
    String subject() {
        return claims().get("sub");
    }

    /** The scopes of the checked token, such as {@code wishes/child}; none without a token. */
    Set<String> scopes() {
        Jwt jwt = jwt();
        List<String> asked = jwt == null || jwt.scopes() == null ? List.of() : jwt.scopes();
        return TokenScopes.of(claims().getOrDefault("scope", claims().getOrDefault("scp", "")), asked);
    }

    /** Whether the API has checked a token, which it always has if the route has an authorizer. */
    boolean hasToken() {
        return jwt() != null;
    }

    private Map<String, String> claims() {
        Jwt jwt = jwt();
        return jwt == null || jwt.claims() == null ? Map.of() : jwt.claims();
    }

    private @Nullable Jwt jwt() {
        return requestContext == null || requestContext.authorizer() == null
                ? null
                : requestContext.authorizer().jwt();
    }
}
