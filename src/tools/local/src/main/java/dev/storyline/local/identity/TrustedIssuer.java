package dev.storyline.local.identity;

import dev.storyline.deployment.Deployment;

/**
 * The issuer whose tokens the routes with an authorizer ask for.
 *
 * @param issuer the address of an OpenID Connect issuer; empty for the development issuer of the local cloud
 * @param audience the audience that its tokens must name
 */
public record TrustedIssuer(String issuer, String audience) {
    /** The development issuer that the local cloud starts. */
    public static final TrustedIssuer DEVELOPMENT = new TrustedIssuer("", Deployment.AUDIENCE);
}
