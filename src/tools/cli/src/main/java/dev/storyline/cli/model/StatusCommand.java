package dev.storyline.cli.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.model.ClosestName;
import dev.storyline.model.Model;
import dev.storyline.model.Review;
import dev.storyline.modeler.check.ModelingStep;
import dev.storyline.modeler.check.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model status}. */
@Command(
        name = "status",
        description =
                "Show for each of the eight steps of modelling how far a model is, who has signed the step off, what has"
                        + " changed since, and what is missing next. The exit status is 1 if a step that was signed off has"
                        + " changed since, or if a review names no step. An incomplete model is valid.")
public final class StatusCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 5;

    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "CONTEXT-OR-FILE",
            description = "The context to show, or a file of a format that is imported; all contexts if none is named.")
    private @Nullable String context;

    @Option(names = "--all", description = "Name everything that is missing, not only the next few.")
    private boolean all;

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Models.Named named = Models.named(session, context == null ? List.of() : List.of(context));
        Map<String, List<Progress>> steps = Progress.of(named.landscape());
        boolean found = false;
        ArrayNode json = Json.mapper().createArrayNode();
        for (Model model : named.models()) {
            List<Progress> progress = Objects.requireNonNull(steps.get(model.context()));
            List<String> misnamed = misnamed(model);
            found |= !misnamed.isEmpty()
                    || progress.stream().anyMatch(step -> !step.reopened().isEmpty());
            if (format.json()) {
                json(json.addObject(), model, progress, misnamed);
            } else {
                print(model, progress, misnamed);
            }
        }
        if (format.json()) {
            session.print(Json.mapper().createObjectNode().set("contexts", json));
        }
        return ExitStatus.found(found);
    }

    private static void json(ObjectNode node, Model model, List<Progress> steps, List<String> misnamed) {
        node.put("context", model.context());
        ArrayNode array = node.putArray("steps");
        for (Progress progress : steps) {
            ObjectNode step = array.addObject()
                    .put("step", progress.step().word())
                    .put("done", progress.done())
                    .put("all", progress.all());
            ObjectNode signed = step.putObject("signed");
            progress.signed()
                    .forEach((role, review) -> signed.putObject(role)
                            .put("by", review.by())
                            .put("on", review.on().toString()));
            ObjectNode reopened = step.putObject("reopened");
            progress.reopened().forEach((role, changes) -> changes.forEach(reopened.putArray(role)::add));
            progress.waiting().forEach(step.putArray("waiting")::add);
            progress.missing().forEach(step.putArray("missing")::add);
        }
        misnamed.forEach(node.putArray("misnamed")::add);
    }

    private void print(Model model, List<Progress> steps, List<String> misnamed) {
        session.out().println(model.context());
        int number = 1;
        for (Progress progress : steps) {
            print(number++, progress);
        }
        misnamed.forEach(line -> session.out().println("  " + line));
    }

    private void print(int number, Progress progress) {
        session.out().printf("  %d %-20s %d of %d%n", number, progress.step().word(), progress.done(), progress.all());
        List<String> roles = new ArrayList<>();
        progress.signed()
                .forEach((role, review) -> roles.add(role + " signed (" + review.by() + ", " + review.on() + ")"));
        progress.reopened().forEach((role, changes) -> roles.add(role + " to look again"));
        progress.waiting().forEach(role -> roles.add(role + " not yet"));
        session.out().println("      who: " + String.join(", ", roles));
        progress.reopened()
                .forEach((role, changes) -> session.out().println("      since " + role + " signed: " + some(changes)));
        if (!progress.missing().isEmpty()) {
            session.out().println("      next: " + some(progress.missing()));
        }
    }

    private String some(List<String> names) {
        int shown = all ? names.size() : Math.min(names.size(), MOST_NAMES);
        int more = names.size() - shown;
        return String.join("; ", names.subList(0, shown)) + (more == 0 ? "" : "; and " + more + " more");
    }

    private static List<String> misnamed(Model model) {
        List<String> lines = new ArrayList<>();
        for (Review review : model.reviews()) {
            if (ModelingStep.of(review.step()).isEmpty()) {
                String hint = ClosestName.hint(review.step(), ModelingStep.words());
                lines.add(
                        review.place() + ": there is no step '" + review.step() + "'" + (hint.isEmpty() ? "." : hint));
            }
        }
        return lines;
    }
}
