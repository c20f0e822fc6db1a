package dev.storyline.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * The issuer of tokens that {@code --auth} starts for development. It gives any token to anybody who reaches the gateway.
 * Its key exists only in memory.
 */
public final class DevelopmentIssuer {
    /** How long a token is valid. */
    public static final Duration VALID = Duration.ofHours(8);

    public static final String CONFIGURATION = "/.well-known/openid-configuration";
    public static final String KEYS = "/.well-known/jwks.json";
    public static final String TOKEN = "/oauth2/token";

    private final String name;
    private final RSAKey key;

    /**
     * Creates a key.
     *
     * @param base the address of the gateway, which is the name of the issuer
     */
    public DevelopmentIssuer(URI base) {
        this.name = base.toString();
        try {
            this.key = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys.", e);
        }
    }

    /** Its name, which is the claim {@code iss} of its tokens. */
    public String name() {
        return name;
    }

    /** The authorizer that checks its tokens. */
    public JwtAuthorizer authorizer() {
        return JwtAuthorizer.of(name, Deployment.AUDIENCE, new JWKSet(key.toPublicJWK()));
    }

    /**
     * A signed token.
     *
     * @param subject the claim {@code sub}: the person or system that it stands for
     * @param scope the scopes, separated by spaces
     */
    public String token(String subject, String scope) {
        Instant now = Instant.now();
        return sign(new JWTClaimsSet.Builder()
                .issuer(name)
                .audience(Deployment.AUDIENCE)
                .subject(subject)
                .claim("scope", scope)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALID)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    }

    String sign(JWTClaimsSet claims) {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Its own key signs.", e);
        }
        return token.serialize();
    }

    /** Its OpenID Connect discovery document. */
    public String configuration() {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("issuer", name).put("jwks_uri", name + KEYS).put("token_endpoint", name + TOKEN);
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("grant_types_supported").add("client_credentials");
        return document.toString();
    }

    /** Its public key, as a JSON Web Key Set. */
    public String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** A token in the JSON of a token endpoint. */
    public String answer(String subject, String scope) {
        return Json.mapper()
                .createObjectNode()
                .put("access_token", token(subject, scope))
                .put("token_type", "Bearer")
                .put("expires_in", VALID.toSeconds())
                .put("scope", scope)
                .toString();
    }
}
