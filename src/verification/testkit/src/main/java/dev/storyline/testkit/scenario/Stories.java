package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Slice;
import dev.storyline.model.Story;
import dev.storyline.model.SymbolicValues;
import dev.storyline.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a story of the model against a running installation, over HTTP only. Commands go to the routes of their slices, views
 * are read where clients read them. What an earlier answer or an earlier step tells under a name is {@code <name>} in later
 * steps. A command waits until it is accepted, because what it needs may still be on its way; the last one may be rejected for
 * good, if the story says so.
 */
public final class Stories {
    private final Landscape landscape;
    private final Deployment deployment;
    private final URI base;
    private final Consumer<Duration> clock;
    private final Duration soon;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Object> known = new LinkedHashMap<>();

    private Stories(Landscape landscape, Deployment deployment, URI base, Consumer<Duration> clock, Duration soon) {
        this.landscape = landscape;
        this.deployment = deployment;
        this.base = base;
        this.clock = clock;
        this.soon = soon;
    }

    /**
     * Runs a story.
     *
     * @param model the model that tells it
     * @param base the address of the installation
     * @param clock moves the time of the installation forward
     * @param soon how long a step may take to come true
     * @throws AssertionError if a command is not accepted, or a view does not show in time what the story says
     */
    public static void run(
            Landscape landscape,
            Model model,
            Story story,
            Deployment deployment,
            URI base,
            Consumer<Duration> clock,
            Duration soon) {
        Stories run = new Stories(landscape, deployment, base, clock, soon);
        ScenarioStep rejected = story.eventually().stream()
                .filter(step -> step.what() == What.REJECTED)
                .findFirst()
                .orElse(null);
        story.given().forEach(step -> run.send(model, step, null));
        for (int i = 0; i < story.when().size(); i++) {
            run.send(model, story.when().get(i), i == story.when().size() - 1 ? rejected : null);
        }
        story.eventually().stream()
                .filter(step -> step.what() == What.ELEMENT || step.what() == What.ABSENT)
                .forEach(step -> run.see(model, step));
    }

    private void send(Model model, ScenarioStep told, @Nullable ScenarioStep rejected) {
        ScenarioStep step = told.filled(known);
        if (step.what() == What.TIME) {
            clock.accept(SymbolicValues.later(step.at()).orElseThrow());
            return;
        }
        Element command = element(model, step, Kind.COMMAND);
        Model home = home(command);
        Deployment.Route route = route(
                home,
                step,
                "POST",
                slice -> slice.command() != null && slice.command().element().equals(command.name()));
        SymbolicJson values = new SymbolicJson(home);
        List<Field> inputs = command.fields().stream().filter(Scenario::isInput).toList();
        for (int n = 1; n <= step.times(); n++) {
            ObjectNode request = values.all(inputs, step.values(), n);
            request.properties().forEach(field -> keep(field.getKey(), field.getValue()));
            String path = path(route, name -> {
                JsonNode value = request.remove(name);
                return value == null ? null : value.asText();
            });
            String key = UUID.randomUUID().toString();
            Eventually.within(soon, () -> {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .header("content-type", "application/json")
                                .header("idempotency-key", key)
                                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                JsonNode answer = Stage.tree(response.body());
                String rule = answer.path("rule").asText("");
                boolean asTold = rejected == null
                        ? response.statusCode() < 300
                        : rule.equals(rejected.subject().toString())
                                && (rejected.says().isEmpty()
                                        || rejected.says()
                                                .equals(answer.path("detail").asText()));
                if (!asTold) {
                    throw new AssertionError(step.place() + ": " + command.name() + " is answered by " + answer);
                }
                answer.properties().forEach(field -> keep(field.getKey(), field.getValue()));
            });
        }
    }

    private void keep(String name, JsonNode value) {
        if (value.isValueNode()) {
            known.put(name, value.asText());
        }
    }

    private void see(Model model, ScenarioStep told) {
        ScenarioStep step = told.filled(known);
        Element view = element(model, step, Kind.VIEW);
        Model home = home(view);
        Deployment.Route route = route(
                home,
                step,
                "GET",
                slice -> !slice.views().isEmpty()
                        && slice.views().getFirst().element().equals(view.name()));
        SymbolicJson values = new SymbolicJson(home);
        Map<String, String> query = new LinkedHashMap<>();
        String path = path(route, name -> {
            Object value = step.values().getOrDefault(name, step.values().get(name.replaceFirst("Id$", "")));
            return value == null ? text(known.get(name)) : value.toString();
        });
        for (Field field : view.fields()) {
            Object value = step.values().get(field.name());
            if (field.identity() && value != null && !route.path().contains("{" + field.name() + "}")) {
                query.put(field.name(), value.toString());
            }
        }
        String asked = path
                + (query.isEmpty()
                        ? ""
                        : "?"
                                + String.join(
                                        "&",
                                        query.entrySet().stream()
                                                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                                                .toList()));
        Eventually.within(soon, () -> {
            JsonNode answer = get(asked);
            boolean gone = answer.isMissingNode();
            String wrong = gone ? "" : values.mismatch(view.fields(), step.values(), answer);
            if (gone != (step.what() == What.ABSENT) || !wrong.isEmpty()) {
                throw new AssertionError(step.place() + ": " + view.name() + " should show " + step.values() + ", but "
                        + asked + " answers " + answer);
            }
        });
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        return switch (response.statusCode()) {
            case 200 -> Stage.tree(response.body());
            case 404 -> MissingNode.getInstance();
            default -> throw new AssertionError(path + " is answered by " + response.body());
        };
    }

    private Model home(Element element) {
        Model home = landscape.models().get(element.context());
        if (home == null) {
            throw new AssertionError("There is no context " + element.context());
        }
        return home;
    }

    private Element element(Model model, ScenarioStep step, Kind kind) {
        Ref subject = step.subject();
        Model home = subject.context().isEmpty() ? model : landscape.models().get(subject.context());
        Element element = home == null ? null : home.element(subject.element(), kind);
        if (element == null) {
            throw new AssertionError(
                    step.place() + ": a story " + (kind == Kind.VIEW ? "ends with views" : "sends commands") + ", and "
                            + subject + " is no " + kind.word() + ".");
        }
        return element;
    }

    private Deployment.Route route(Model home, ScenarioStep step, String method, Predicate<Slice> of) {
        return deployment.routes().stream()
                .filter(route -> route.method().equals(method))
                .filter(route -> home.slices().stream()
                        .filter(of)
                        .anyMatch(slice -> deployment
                                .function(route.function())
                                .slice()
                                .equals(home.context() + "/" + slice.name())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        step.place() + ": no route takes " + method + " for " + step.subject() + "."));
    }

    private static String path(Deployment.Route route, Function<String, @Nullable String> value) {
        String path = route.path();
        for (String name : Stage.parameters(route)) {
            String told = value.apply(name);
            if (told == null) {
                throw new AssertionError("Tell '" + name + "', which the route " + route.path() + " needs.");
            }
            path = path.replace("{" + name + "}", encoded(told));
        }
        return path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
