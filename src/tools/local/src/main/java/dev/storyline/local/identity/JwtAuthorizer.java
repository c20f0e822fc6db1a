package dev.storyline.local.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks bearer tokens as the JWT authorizer of API Gateway's HTTP API does: RS256, the issuer's keys, {@code kid},
 * {@code iss}, {@code aud} or {@code client_id}, {@code exp}, {@code nbf}, {@code iat}, and one scope of the route's.
 *
 * <p>On AWS API Gateway refuses with its own short JSON, {@code {"message": "Unauthorized"}} or {@code Forbidden}, which cannot
 * be changed. The local cloud answers with a problem document that gives the reason.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">JWT
 *     authorizers of HTTP APIs</a>
 */
public final class JwtAuthorizer {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int TIMEOUT_MS = 5_000;
    private static final int LARGEST_DOCUMENT = 256 * 1024;
    private static final long KEYS_KEPT_MS = Duration.ofMinutes(10).toMillis();
    private static final long KEYS_ASKED_AGAIN_MS = Duration.ofMinutes(1).toMillis();

    /** The tolerated difference between the clock of the issuer and ours. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final String issuer;
    private final String audience;
    private final JWKSource<SecurityContext> keys;
    private final Clock clock;

    private JwtAuthorizer(String issuer, String audience, JWKSource<SecurityContext> keys, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
        this.clock = clock;
    }

    /** Accepts tokens of an issuer whose keys are known. */
    public static JwtAuthorizer of(String issuer, String audience, JWKSet keys) {
        return new JwtAuthorizer(issuer, audience, new ImmutableJWKSet<>(keys), Clock.systemUTC());
    }

    /**
     * Accepts tokens of an OpenID Connect issuer. Its keys are found by its discovery document and cached for ten minutes;
     * a token with an unknown key causes another request, twice a minute at most.
     *
     * @throws LocalCloudException if the discovery document cannot be read
     */
    public static JwtAuthorizer of(TrustedIssuer auth) {
        String issuer = auth.issuer().replaceAll("/+$", "");
        try {
            var retriever = new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LARGEST_DOCUMENT);
            Map<String, Object> document = JSONObjectUtils.parse(retriever
                    .retrieveResource(URI.create(issuer + DISCOVERY).toURL())
                    .getContent());
            String named = String.valueOf(JSONObjectUtils.getString(document, "issuer"));
            if (!named.replaceAll("/+$", "").equals(issuer)) {
                throw new LocalCloudException(
                        "The issuer at " + issuer + " calls itself " + named + ": start with --auth " + named + ".");
            }
            URI jwks = JSONObjectUtils.getURI(document, "jwks_uri");
            if (jwks == null) {
                throw new LocalCloudException(
                        "The issuer's discovery document, " + issuer + DISCOVERY + ", names no jwks_uri.");
            }
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(jwks.toURL(), retriever)
                    .cache(KEYS_KEPT_MS, TIMEOUT_MS)
                    .refreshAheadCache(false)
                    .rateLimited(KEYS_ASKED_AGAIN_MS)
                    .build();
            return new JwtAuthorizer(named, auth.audience(), keys, Clock.systemUTC());
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new LocalCloudException(
                    "The issuer's discovery document cannot be read, " + issuer + DISCOVERY + ": " + e.getMessage(), e);
        }
    }

    /**
     * A token that was accepted.
     *
     * @param claims the claims as text, in the form of API Gateway: a list is {@code [a b]}, an object is JSON, and nulls are left
     *     out
     */
    public record Checked(Map<String, String> claims) {}

    /** A token that is not accepted. The message contains nothing of the token. */
    public static final class TokenRejected extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String challenge;

        private TokenRejected(int status, String challenge, String detail) {
            super(detail, null, false, false);
            this.status = status;
            this.challenge = challenge;
        }

        /** The status: 401, 403, or 503 where the issuer does not answer. */
        public int status() {
            return status;
        }

        /** The value of the header {@code www-authenticate}. */
        public String challenge() {
            return challenge;
        }

        /** The reason, and what to do. */
        public String detail() {
            return String.valueOf(getMessage());
        }
    }

    private static TokenRejected invalid(String detail) {
        return new TokenRejected(401, "Bearer error=\"invalid_token\"", detail);
    }

    /**
     * Checks the token of a request.
     *
     * @param headers the request's {@code Authorization} headers
     * @param scopes the scopes of the route, of which the token needs one; none where any token is accepted
     * @throws TokenRejected if there is no token or it is not accepted
     */
    public Checked check(List<String> headers, List<String> scopes) throws TokenRejected {
        if (headers.isEmpty() || headers.getFirst().isBlank()) {
            throw new TokenRejected(
                    401, "Bearer", "There is no token: send the header 'Authorization: Bearer <token>'.");
        }
        if (headers.size() > 1) {
            throw invalid("There are several Authorization headers; send one.");
        }
        // As on API Gateway, the prefix is optional.
        String token = headers.getFirst().strip().replaceFirst("^(?i:bearer) +", "");
        Map<String, Object> claims = verified(token);
        List<String> granted = scopes(claims);
        if (!scopes.isEmpty() && scopes.stream().noneMatch(granted::contains)) {
            throw new TokenRejected(
                    403,
                    "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", scopes) + "\"",
                    "The token is good, but not for this: it needs the scope " + String.join(" or ", scopes) + ".");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            if (value != null) {
                texts.put(name, text(value));
            }
        });
        return new Checked(texts);
    }

    private Map<String, Object> verified(String token) throws TokenRejected {
        try {
            JWT parsed = JWTParser.parse(token);
            if (!(parsed instanceof SignedJWT signed)
                    || !JWSAlgorithm.RS256.equals(parsed.getHeader().getAlgorithm())) {
                throw invalid("The token is not signed with RS256, which is the only way that is taken.");
            }
            if (!signed.verify(
                    new RSASSAVerifier(key(signed.getHeader()).toRSAKey().toRSAPublicKey()))) {
                throw invalid("The token's signature is not that of its issuer.");
            }
            checkClaims(signed.getJWTClaimsSet());
            return signed.getPayload().toJSONObject();
        } catch (ParseException | JOSEException e) {
            throw invalid(
                    "The token cannot be read: it must be a signed JWT, three parts in base64url with dots between.");
        }
    }

    private JWK key(JWSHeader header) throws TokenRejected {
        if (header.getKeyID() == null) {
            throw invalid("The token does not name its key ('kid').");
        }
        JWKMatcher matcher = Objects.requireNonNull(JWKMatcher.forJWSHeader(header));
        try {
            List<JWK> found = keys.get(new JWKSelector(matcher), null);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        } catch (RateLimitReachedException e) {
            // The keys were fetched a moment ago; tokens with invented keys must not cause more requests.
        } catch (KeySourceException e) {
            throw new TokenRejected(503, "Bearer", "The issuer's keys cannot be fetched now; try again in a while.");
        }
        throw invalid("The token is signed with a key that its issuer does not have.");
    }

    private void checkClaims(JWTClaimsSet claims) throws TokenRejected {
        if (!issuer.equals(claims.getIssuer())) {
            throw invalid("The token is of another issuer; those of " + issuer + " are taken.");
        }
        boolean meant = claims.getAudience().isEmpty()
                ? audience.equals(claims.getClaim("client_id"))
                : claims.getAudience().contains(audience);
        if (!meant) {
            throw invalid("The token is for another audience ('aud' or 'client_id'); this is " + audience + ".");
        }
        Instant now = clock.instant();
        if (claims.getExpirationTime() == null) {
            throw invalid("The token does not say when it expires ('exp').");
        }
        if (!now.isBefore(claims.getExpirationTime().toInstant())) {
            throw invalid("The token has expired; get a new one.");
        }
        if (isAfter(claims.getNotBeforeTime(), now) || isAfter(claims.getIssueTime(), now)) {
            throw invalid("The token is not yet valid ('nbf', 'iat'); compare the clocks.");
        }
    }

    private static boolean isAfter(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(SKEW));
    }

    private static List<String> scopes(Map<String, Object> claims) {
        return switch (claims.containsKey("scope") ? claims.get("scope") : claims.get("scp")) {
            case String words -> Arrays.asList(words.split(" "));
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    private static String text(@Nullable Object claim) {
        return switch (claim) {
            case List<?> list -> list.stream().map(JwtAuthorizer::text).collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> object -> Json.mapper().valueToTree(object).toString();
            case null, default -> String.valueOf(claim);
        };
    }
}
