package dev.storyline.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.Shop;
import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that asks for tokens, over real HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
class JwtAuthorizerTest {
    private static final String BOTH = "shop/clerk shop/keeper";

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalCloud cloud;
    private final DevelopmentIssuer issuer;

    JwtAuthorizerTest(@TempDir Path root) throws IOException {
        cloud = LocalCloud.start(Shop.in(root)
                .route("show", "echo", authorized("GET /orders/{id}", "shop/clerk", "shop/keeper"))
                .route("take", "echo", authorized("POST /orders/{id}", "shop/clerk"))
                .route("any", "echo", authorized("GET /any"))
                .route("open", "echo", "GET /open")
                .inMemory()
                .with(TrustedIssuer.DEVELOPMENT));
        issuer = Objects.requireNonNull(cloud.issuer());
    }

    private static String authorized(String key, String... scopes) {
        return key + "\n      AuthorizationType: JWT\n      AuthorizationScopes: " + List.of(scopes);
    }

    @AfterAll
    void close() {
        cloud.close();
    }

    /** A token of the issuer with these changes. */
    private String token(UnaryOperator<JWTClaimsSet.Builder> changes) {
        Instant now = Instant.now();
        return issuer.sign(changes.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer.name())
                        .audience(Deployment.AUDIENCE)
                        .subject("zoe")
                        .claim("scope", BOTH)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(Duration.ofHours(1)))))
                .build());
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    /** Faults of a token and the sentences about them. */
    record Fault(String what, String told, UnaryOperator<JWTClaimsSet.Builder> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Fault> faults() {
        return List.of(
                new Fault("expired", "has expired", t -> t.expirationTime(in(-1))),
                new Fault("endless", "('exp')", t -> t.expirationTime(null)),
                new Fault("not yet valid", "is not yet valid", t -> t.notBeforeTime(in(60))),
                new Fault("of the future", "is not yet valid", t -> t.issueTime(in(60))),
                new Fault("of another issuer", "of another issuer", t -> t.issuer("https://elsewhere.example")),
                new Fault("of no issuer", "of another issuer", t -> t.issuer(null)),
                new Fault("for another audience", "for another audience", t -> t.audience("elsewhere")),
                new Fault("for nobody", "for another audience", t -> t.audience((String) null)),
                new Fault(
                        "of another client",
                        "for another audience",
                        t -> t.audience((String) null).claim("client_id", "elsewhere")),
                new Fault(
                        "of our client for others",
                        "for another audience",
                        t -> t.audience("elsewhere").claim("client_id", Deployment.AUDIENCE)),
                new Fault("with a time that is none", "cannot be read", t -> t.claim("exp", "soon")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_token_with_a_fault_is_401_and_the_fault_is_named(Fault fault) throws Exception {
        assertRefused(401, "unauthorized", fault.told(), get("/orders/1", "Bearer " + token(fault.change())));
    }

    @Test
    void no_token_is_401_and_says_how_to_send_one() throws Exception {
        HttpResponse<String> response = get("/orders/1", null);

        assertRefused(401, "unauthorized", "Authorization: Bearer", response);
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer a.b.c", "Bearer ", "Basic YTpi", "Bearer e30.e30.", "x y z"})
    void text_that_is_not_a_token_is_401(String header) throws Exception {
        assertRefused(401, "unauthorized", "", get("/orders/1", header));
    }

    @Test
    void several_tokens_are_401() throws Exception {
        String good = "Bearer " + token(t -> t);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(cloud.baseUri().resolve("/orders/1"))
                        .header("authorization", good)
                        .header("authorization", good)
                        .build(),
                BodyHandlers.ofString());

        assertRefused(401, "unauthorized", "several", response);
    }

    @Test
    void a_token_of_another_key_is_401_whatever_key_id_it_names() throws Exception {
        RSAKey other = new RSAKeyGenerator(2048).keyID("other").generate();
        JWTClaimsSet claims = SignedJWT.parse(token(t -> t)).getJWTClaimsSet();
        String kid = SignedJWT.parse(token(t -> t)).getHeader().getKeyID();
        for (Map.Entry<String, String> named : Map.of(
                        kid, "signature is not that of its issuer", "other", "a key that its issuer does not have")
                .entrySet()) {
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(named.getKey())
                            .build(),
                    claims);
            forged.sign(new RSASSASigner(other));
            assertRefused(401, "unauthorized", named.getValue(), get("/orders/1", "Bearer " + forged.serialize()));
        }
        SignedJWT nameless = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        nameless.sign(new RSASSASigner(other));
        assertRefused(401, "unauthorized", "does not name its key", get("/orders/1", "Bearer " + nameless.serialize()));
    }

    @Test
    void a_token_that_was_changed_is_401() throws Exception {
        String[] good = token(t -> t).split("\\.", -1);
        String[] more = token(t -> t.subject("eve")).split("\\.", -1);

        assertRefused(
                401,
                "unauthorized",
                "signature is not that of its issuer",
                get("/orders/1", "Bearer " + good[0] + "." + more[1] + "." + good[2]));
    }

    @Test
    void unsigned_tokens_and_tokens_signed_with_the_public_key_as_a_secret_are_401() throws Exception {
        SignedJWT good = SignedJWT.parse(token(t -> t));
        String plain = new PlainJWT(good.getJWTClaimsSet()).serialize();
        SignedJWT mac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(good.getHeader().getKeyID())
                        .build(),
                good.getJWTClaimsSet());
        mac.sign(new MACSigner(get(DevelopmentIssuer.KEYS, null).body().getBytes(StandardCharsets.UTF_8)));
        RSAKey other = new RSAKeyGenerator(2048).generate();
        SignedJWT longer = new SignedJWT(new JWSHeader(JWSAlgorithm.RS512), good.getJWTClaimsSet());
        longer.sign(new RSASSASigner(other));

        for (String token : List.of(plain, mac.serialize(), longer.serialize())) {
            assertRefused(401, "unauthorized", "not signed with RS256", get("/orders/1", "Bearer " + token));
        }
    }

    @Test
    void a_valid_token_without_a_scope_of_the_route_is_403_and_the_accepted_scopes_are_named() throws Exception {
        for (String scope : List.of("shop/keeper", "", "shop/clerks", "clerk")) {
            HttpResponse<String> response =
                    send("POST", "/orders/1", "Bearer " + token(t -> t.claim("scope", scope)), "{}");
            assertRefused(403, "forbidden", "it needs the scope shop/clerk.", response);
        }
        assertRefused(
                403,
                "forbidden",
                "shop/clerk or shop/keeper",
                get("/orders/1", "Bearer " + token(t -> t.claim("scope", null))));
    }

    @ParameterizedTest
    @CsvSource({"shop/clerk", "shop/keeper", "openid shop/keeper", BOTH})
    void any_one_of_the_scopes_is_enough(String scope) throws Exception {
        assertThat(get("/orders/1", "Bearer " + token(t -> t.claim("scope", scope)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(
                                "/orders/1",
                                "bearer " + token(t -> t.claim("scope", null).claim("scp", List.of(scope.split(" ")))))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_client_id_replaces_the_audience_and_the_prefix_bearer_is_optional() throws Exception {
        String token = token(t -> t.audience((String) null).claim("client_id", Deployment.AUDIENCE));

        assertThat(get("/orders/1", token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_function_gets_the_claims_in_the_format_of_api_gateway() throws Exception {
        HttpResponse<String> response = get(
                "/orders/1",
                "Bearer "
                        + token(t -> t.claim("groups", List.of("a", "b"))
                                .claim("admin", true)
                                .claim("n", 7)));

        JsonNode jwt = Json.mapper().readTree(response.body()).at("/event/requestContext/authorizer/jwt");
        assertThat(jwt.at("/claims/sub").asText()).isEqualTo("zoe");
        assertThat(jwt.at("/claims/scope").asText()).isEqualTo(BOTH);
        assertThat(jwt.at("/claims/groups").asText()).isEqualTo("[a b]");
        assertThat(jwt.at("/claims/admin")).hasToString("\"true\"");
        assertThat(jwt.at("/claims/n")).hasToString("\"7\"");
        assertThat(jwt.at("/claims/exp").asText()).matches("\\d{10}");
        assertThat(jwt.path("scopes")).hasToString("[\"shop/clerk\",\"shop/keeper\"]");
    }

    @Test
    void a_route_without_scopes_takes_any_token_and_one_without_an_authorizer_none() throws Exception {
        assertRefused(401, "unauthorized", "", get("/any", null));
        assertThat(get("/any", "Bearer " + token(t -> t.claim("scope", null))).statusCode())
                .isEqualTo(200);
        assertThat(get("/open", null).body()).contains("\"name\":\"open\"").doesNotContain("authorizer");
        assertThat(get("/", null).statusCode()).isEqualTo(200);
        assertThat(get("/nowhere", null).statusCode()).isEqualTo(404);
    }

    @Test
    void the_issuer_publishes_its_keys_and_issues_tokens() throws Exception {
        JsonNode configuration = Json.mapper()
                .readTree(get(DevelopmentIssuer.CONFIGURATION, null).body());
        assertThat(configuration.path("issuer").asText())
                .isEqualTo(cloud.baseUri().toString());
        String keys = get(URI.create(configuration.path("jwks_uri").asText()).getPath(), null)
                .body();
        assertThat(keys).contains("\"kty\":\"RSA\"").doesNotContain("\"d\":");
        String endpoint =
                URI.create(configuration.path("token_endpoint").asText()).getPath();
        JsonNode answer = Json.mapper()
                .readTree(send("POST", endpoint, null, "scope=shop%2Fclerk&subject=ida")
                        .body());
        assertThat(answer.path("expires_in").asInt()).isEqualTo(28_800);
        assertThat(send(
                                "POST",
                                "/orders/1",
                                "Bearer " + answer.path("access_token").asText(),
                                "{}")
                        .body())
                .contains("\"sub\":\"ida\"");
        assertThat(send("POST", endpoint, null, "scope=shop%2Fclerk").statusCode())
                .isEqualTo(400);
    }

    @Test
    void tokens_of_another_issuer_are_checked_with_the_keys_of_its_discovery_document(@TempDir Path root)
            throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DevelopmentIssuer other = new DevelopmentIssuer(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        server.createContext(DevelopmentIssuer.CONFIGURATION, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                exchange.getResponseBody().write(other.configuration().getBytes(StandardCharsets.UTF_8));
            }
        });
        server.createContext(DevelopmentIssuer.KEYS, exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                exchange.getResponseBody().write(other.keys().getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        JwtAuthorizer tokens = JwtAuthorizer.of(new TrustedIssuer(other.name() + "/", Deployment.AUDIENCE));

        String good = "Bearer " + other.token("zoe", "shop/clerk");
        assertThat(tokens.check(List.of(good), List.of("shop/clerk")).claims()).containsEntry("sub", "zoe");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> tokens.check(List.of(token(t -> t)), List.of()))
                    .hasMessageContaining("a key that its issuer does not have");
        }
        server.stop(0);
        tokens.check(List.of(good), List.of("shop/clerk"));
        assertThat(asked).hasValueLessThanOrEqualTo(3);
        assertThatThrownBy(() -> JwtAuthorizer.of(new TrustedIssuer(other.name(), Deployment.AUDIENCE)))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("The issuer's discovery document cannot be read, " + other.name());
    }

    /** Checks that a refusal is a problem document without content of the token. */
    private static void assertRefused(int status, String type, String detail, HttpResponse<String> response)
            throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        JsonNode problem = Json.mapper().readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:storyline:problem:" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(response.body())
                .doesNotContain("zoe")
                .doesNotContain("elsewhere")
                .doesNotContain("eyJ");
    }

    private HttpResponse<String> get(String path, @Nullable String authorization) throws Exception {
        return send("GET", path, authorization, null);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String authorization, @Nullable String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(cloud.baseUri().resolve(path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
