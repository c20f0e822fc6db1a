package dev.storyline.local.gateway;

import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.identity.DevelopmentIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The HTTP endpoints of the development issuer: its discovery document, its keys, and its tokens. */
final class IssuerEndpoints {
    private static final int LARGEST_FORM = 4 * 1024;

    private static final Set<String> ROUTES = Set.of(
            "GET " + DevelopmentIssuer.CONFIGURATION,
            "GET " + DevelopmentIssuer.KEYS,
            "POST " + DevelopmentIssuer.TOKEN);

    private final DevelopmentIssuer issuer;

    IssuerEndpoints(DevelopmentIssuer issuer) {
        this.issuer = issuer;
    }

    /** Whether a request is for the issuer. */
    boolean serves(String method, String path) {
        return ROUTES.contains(method + " " + path);
    }

    /**
     * Answers a request for the issuer.
     *
     * @throws RequestRefused if a form cannot be read or names no scope or subject
     */
    HttpAnswer answer(IncomingRequest request, String path) throws IOException, RequestRefused {
        String document = switch (path) {
            case DevelopmentIssuer.CONFIGURATION -> issuer.configuration();
            case DevelopmentIssuer.KEYS -> issuer.keys();
            default -> token(request, path);
        };
        return HttpAnswer.of(200, "application/json", document).with("cache-control", "no-store");
    }

    private String token(IncomingRequest request, String path) throws IOException, RequestRefused {
        String form = new String(request.body().readNBytes(LARGEST_FORM), StandardCharsets.ISO_8859_1);
        Map<String, List<String>> fields = PercentEncoding.parameters(form, path);
        String scope = String.join(" ", fields.getOrDefault("scope", List.of()));
        String subject = String.join(" ", fields.getOrDefault("subject", List.of()));
        if (scope.isBlank() || subject.isBlank()) {
            throw new RequestRefused(Problem.malformed(
                    "A token has a scope and a subject: -d scope=wishes/child -d subject=simo", path));
        }
        return issuer.answer(subject, scope);
    }
}
