package dev.storyline.cli.cloud;

import dev.storyline.local.LocalCloud;
import dev.storyline.local.database.KeptParameters;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.model.Actor;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.Type;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is printed when the local cloud has started: where it listens, who may do what, and what to try. */
final class Welcome {
    private final LocalCloud.Options options;
    private final LocalCloud cloud;

    Welcome(LocalCloud.Options options, LocalCloud cloud) {
        this.options = options;
        this.cloud = cloud;
    }

    List<String> lines() {
        String base = cloud.baseUri().toString();
        List<String> lines = new ArrayList<>();
        lines.add("Storyline listens on " + base + ", "
                + (options.data() == null ? "in memory" : "data in " + options.data()) + ".");
        if (!cloud.notice().isEmpty()) {
            lines.add(cloud.notice());
        }
        lines.addAll(kept());
        if (!cloud.clock().ahead().isZero()) {
            lines.add("The clock was moved: it says " + cloud.clock().instant().truncatedTo(ChronoUnit.SECONDS) + ".");
        }
        lines.add("Slices: " + String.join(", ", cloud.deployment().slices()));
        cloud.deployment()
                .uncalled()
                .forEach((slice, ports) -> lines.add("Not configured: " + String.join(", ", ports) + " of " + slice
                        + ". Nobody is called; --set names the address."));
        if (options.chaos() != null) {
            lines.add("Chaos: deliveries are doubled, disordered and lost on purpose, seed " + options.chaos() + ".");
        }
        lines.addAll(access());
        lines.add("The event model, drawn: " + base + "/ in a browser.");
        if (cloud.deployment().slices().contains("wishes/make-wish")) {
            lines.add("Try:");
            lines.add(
                    "  curl -X POST " + base
                            + "/wishes/children/simo/wishes -H 'content-type: application/json' -d '{\"wish\": \"a red bicycle\"}'");
            lines.add("  curl " + base + "/wishes/children/simo");
            lines.add("  curl " + base + "/wishes/streams/child%23simo");
        }
        return lines;
    }

    private List<String> kept() {
        Set<String> kept =
                new TreeSet<>(KeptParameters.of(options.data()).values().keySet());
        kept.removeAll(options.parameters().keySet());
        return kept.isEmpty()
                ? List.of()
                : List.of("Set earlier, and kept in the data directory: " + String.join(", ", kept) + ".");
    }

    private List<String> access() {
        DevelopmentIssuer issuer = cloud.issuer();
        if (issuer == null) {
            return List.of(
                    options.auth() == null
                            ? "No token is asked for: whoever reaches this port may do everything. --auth asks."
                            : "Tokens are asked for, of " + options.auth().issuer() + ".");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Tokens are asked for. These are good for " + DevelopmentIssuer.VALID.toHours()
                + " hours, and for development only:");
        try {
            for (Model model : Landscape.read(options.root()).models().values()) {
                if (cloud.deployment().functions().stream()
                        .anyMatch(function -> function.context().equals(model.context()))) {
                    model.actors().values().forEach(actor -> lines.add(token(issuer, model, actor)));
                }
            }
        } catch (ModelException e) {
            lines.add("  none, since a model cannot be read: " + e.getMessage());
        }
        lines.add("To request another token: curl " + issuer.name() + DevelopmentIssuer.TOKEN
                + " -d scope=wishes/child -d subject=ida");
        return lines;
    }

    private static String token(DevelopmentIssuer issuer, Model model, Actor actor) {
        Type identity = model.types().get(actor.identity());
        String subject = identity == null || identity.example().isEmpty() ? actor.name() : identity.example();
        String scope = model.context() + "/" + actor.name();
        return "  " + scope + " as " + subject + ": " + issuer.token(subject, scope);
    }
}
