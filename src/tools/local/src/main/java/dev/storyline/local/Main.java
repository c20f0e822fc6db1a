package dev.storyline.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.TemplateException;
import dev.storyline.local.common.ConsoleLog;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.local.identity.TrustedIssuer;
import dev.storyline.local.operator.Operator;
import dev.storyline.model.Landscape;
import dev.storyline.model.ModelException;
import dev.storyline.model.Type;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** The command line of the local cloud. */
public final class Main {
    private static final Map<String, String> USAGE =
            Map.of("up", """
            Usage: ./storyline up [options]
              --port N       where to listen on 127.0.0.1 (default 8080; 0 for any free port)
              --data DIR     where to keep the data (default .data in the repository)
              --in-memory    forget everything at the end
              --chaos SEED   deliver badly on purpose: doubled, out of order, some of a feed never; the
                             comparison that heals the lost ones runs every 5 seconds instead of daily
              --set NAME=VALUE,...  another value for parameters of the templates, Consistency=strict for instance
              --contexts A,B  only these contexts and the contexts that they need (default: all)
              --alone        only the named contexts; public events to and from others are left out
              --auth         ask for tokens of an issuer of its own, and print one for each actor
              --auth URL --audience NAME  ask for tokens of this OpenID Connect issuer
              --jvm-processes  run each function's zip in processes of its own, as Lambda does (on Linux)
              --native       the same with native executables, which './storyline native' builds
              --help         this text""", "parked", """
            Usage: ./storyline parked [CONTEXT/SLICE] [--data DIR] [--contexts A,B]
              lists the streams at which views and event handlers stand still, and why""", "redrive", """
            Usage: ./storyline redrive CONTEXT/SLICE [STREAM] [--data DIR] [--contexts A,B]
              lets parked streams go on, all of a slice or one""", "reconcile", """
            Usage: ./storyline reconcile [CONTEXT/SLICE] [--data DIR] [--contexts A,B]
              compares the head of every stream with the position of views and event handlers, and heals""", "rebuild", """
            Usage: ./storyline rebuild CONTEXT/SLICE [options]
              builds a view anew from the whole history, beside the one that is served, then switches;
              interrupted and run again, it goes on
              --segments N    how many parts of the event table are read side by side (default 4)
              --read-units N  the most read units of the event table in a second (default: no ceiling)
              --keep          keeps the view served before, to switch back to
              --back          switches back to it
              --data DIR      where the data is (default .data in the repository)""");

    private static final Set<String> WITH_VALUE = Set.of(
            "--port", "--data", "--root", "--chaos", "--set", "--contexts", "--audience", "--segments", "--read-units");
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "up",
                    Set.of(
                            "--port",
                            "--data",
                            "--in-memory",
                            "--chaos",
                            "--set",
                            "--contexts",
                            "--alone",
                            "--auth",
                            "--audience",
                            "--jvm-processes",
                            "--native"),
            "parked", Set.of("--data", "--contexts"),
            "redrive", Set.of("--data", "--contexts"),
            "reconcile", Set.of("--data", "--contexts"),
            "rebuild", Set.of("--data", "--contexts", "--segments", "--read-units", "--keep", "--back"));

    private Main() {}

    /** The command line cannot be understood; the message says which part. */
    private static final class BadUsage extends Exception {
        private static final long serialVersionUID = 1L;

        BadUsage(String message) {
            super(message);
        }
    }

    /** A command line, taken apart. */
    private record Line(String command, List<String> words, Map<String, String> options) {
        @Nullable
        String word(int index) {
            return index < words.size() ? words.get(index) : null;
        }

        Path root() {
            return Path.of(options.getOrDefault("--root", "")).toAbsolutePath();
        }

        Path data() {
            String data = options.get("--data");
            return data == null ? root().resolve(".data") : Path.of(data);
        }

        int number(String option, int least, int most, int otherwise, String what) throws BadUsage {
            String text = options.get(option);
            if (text == null) {
                return otherwise;
            }
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Falls through to the sentence below, which is the same for all wrong numbers.
            }
            throw new BadUsage(what + " is a number from " + least + " to " + most + ", not '" + text + "'.");
        }
    }

    /** Runs until it is done or interrupted. Exit status: 0 after a clean end, 1 for trouble, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "up" : arguments[0];
        String usage = USAGE.getOrDefault(command, Objects.requireNonNull(USAGE.get("up")));
        try {
            Line line = line(List.of(arguments));
            if (line.options().containsKey("--help")) {
                System.out.println(usage);
                return;
            }
            run(line);
        } catch (BadUsage e) {
            System.err.println(e.getMessage() + "\n" + usage);
            System.exit(2);
        } catch (LocalCloudException | TemplateException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            // A bug of ours: said in full, and ended here, since DynamoDB Local's threads would keep the process alive.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Line line) throws BadUsage {
        if (line.command().equals("up")) {
            LocalCloud.Options options = options(line);
            ConsoleLog.start();
            up(options);
            return;
        }
        ObjectNode how = Json.mapper()
                .createObjectNode()
                .put("segments", line.number("--segments", 1, 64, 4, "The number of segments"))
                .put("readUnits", line.number("--read-units", 0, 1_000_000, 0, "A ceiling of read units"))
                .put("keep", line.options().containsKey("--keep"))
                .put("back", line.options().containsKey("--back"));
        String slice = line.word(0);
        if (slice == null && (line.command().equals("redrive") || line.command().equals("rebuild"))) {
            throw new BadUsage("Name the slice, like wishes/child-wishes.");
        }
        if (!Files.isDirectory(line.data())) {
            throw new LocalCloudException("There is no data in " + line.data() + ": name the directory with --data.");
        }
        ConsoleLog.startQuietly();
        try (Operator operator =
                Operator.on(line.root(), line.data(), contexts(line.options().get("--contexts")))) {
            switch (line.command()) {
                case "parked" -> operator.parked(slice);
                case "redrive" -> operator.redrive(Objects.requireNonNull(slice), line.word(1));
                case "reconcile" -> operator.reconcile(slice);
                default -> operator.rebuild(Objects.requireNonNull(slice), how);
            }
        } catch (SdkException e) {
            throw new LocalCloudException("The database does not answer any more: " + e.getMessage(), e);
        }
        // DynamoDB Local's threads would keep the process alive.
        System.exit(0);
    }

    private static void up(LocalCloud.Options options) {
        LocalCloud cloud = LocalCloud.start(options);
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("Stopping.");
            cloud.close();
            end.countDown();
        }));
        String base = cloud.baseUri().toString();
        System.out.println("Storyline listens on " + base + ", "
                + (options.data() == null ? "in memory" : "data in " + options.data()) + ".");
        if (!cloud.notice().isEmpty()) {
            System.out.println(cloud.notice());
        }
        System.out.println("Slices: " + String.join(", ", cloud.deployment().slices()));
        if (options.chaos() != null) {
            System.out.println(
                    "Chaos: deliveries are doubled, disordered and lost on purpose, seed " + options.chaos() + ".");
        }
        access(options, cloud).forEach(System.out::println);
        System.out.println("The event model, drawn: " + base + "/ in a browser.");
        System.out.println("Try:");
        System.out.println(
                "  curl -X POST " + base
                        + "/wishes/children/simo/wishes -H 'content-type: application/json' -d '{\"wish\": \"a red bicycle\"}'");
        System.out.println("  curl " + base + "/wishes/children/simo");
        System.out.println("  curl " + base + "/wishes/streams/child%23simo");
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who may do what, in lines. */
    private static List<String> access(LocalCloud.Options options, LocalCloud cloud) {
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
            Landscape.read(options.root()).models().values().stream()
                    .filter(model -> cloud.deployment().functions().stream()
                            .anyMatch(function -> function.context().equals(model.context())))
                    .forEach(model -> model.actors().values().forEach(actor -> {
                        Type identity = model.types().get(actor.identity());
                        String subject =
                                identity == null || identity.example().isEmpty() ? actor.name() : identity.example();
                        String scope = model.context() + "/" + actor.name();
                        lines.add("  " + scope + " as " + subject + ": " + issuer.token(subject, scope));
                    }));
        } catch (ModelException e) {
            lines.add("  none, since a model cannot be read: " + e.getMessage());
        }
        lines.add("Another one: curl " + issuer.name() + DevelopmentIssuer.TOKEN
                + " -d scope=wishes/child -d subject=ida");
        return lines;
    }

    private static Line line(List<String> arguments) throws BadUsage {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        ListIterator<String> rest = arguments.listIterator();
        String command = rest.hasNext() ? rest.next() : "up";
        Set<String> known = KNOWN.get(command);
        if (known == null) {
            throw new BadUsage("There is no command '" + command + "'.");
        }
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--help") || argument.equals("-h")) {
                options.put("--help", "");
            } else if (!argument.startsWith("-") && !command.equals("up")) {
                words.add(argument);
            } else if (!known.contains(argument) && !argument.equals("--root")) {
                throw new BadUsage("There is no option '" + argument + "'.");
            } else if (argument.equals("--auth")) {
                options.put(argument, valueIfAny(rest));
            } else {
                options.put(argument, WITH_VALUE.contains(argument) ? value(argument, rest) : "");
            }
        }
        if (words.size() > (command.equals("redrive") ? 2 : 1)) {
            throw new BadUsage("That is one word too many: '" + words.getLast() + "'.");
        }
        return new Line(command, words, options);
    }

    private static LocalCloud.Options options(Line line) throws BadUsage {
        boolean inMemory = line.options().containsKey("--in-memory");
        if (inMemory && line.options().containsKey("--data")) {
            throw new BadUsage("--in-memory and --data contradict each other.");
        }
        return new LocalCloud.Options(
                line.root(),
                line.number("--port", 0, 65_535, 8080, "A port"),
                inMemory ? null : line.data(),
                chaos(line.options().get("--chaos")),
                parameters(line.options().get("--set")),
                selection(line.options()),
                auth(line.options().get("--auth"), line.options().get("--audience")),
                how(line.options()));
    }

    private static @Nullable TrustedIssuer auth(@Nullable String issuer, @Nullable String audience) throws BadUsage {
        boolean other = issuer != null && !issuer.isEmpty();
        if (other != (audience != null)) {
            throw new BadUsage("Tokens of an issuer are checked with its address and their audience: "
                    + "--auth https://issuer.example --audience storyline.");
        }
        return issuer == null
                ? null
                : audience == null ? TrustedIssuer.DEVELOPMENT : new TrustedIssuer(issuer, audience);
    }

    private static LocalCloud.Run how(Map<String, String> options) throws BadUsage {
        boolean zips = options.containsKey("--jvm-processes");
        if (zips && options.containsKey("--native")) {
            throw new BadUsage("--jvm-processes and --native contradict each other.");
        }
        return zips
                ? LocalCloud.Run.JVM_PROCESSES
                : options.containsKey("--native") ? LocalCloud.Run.NATIVE : LocalCloud.Run.IN_PROCESS;
    }

    private static ContextSelection selection(Map<String, String> options) throws BadUsage {
        boolean alone = options.containsKey("--alone");
        if (alone && !options.containsKey("--contexts")) {
            throw new BadUsage("--alone needs the contexts to run: --contexts wishes --alone.");
        }
        return new ContextSelection(contexts(options.get("--contexts")), alone);
    }

    private static Set<String> contexts(@Nullable String text) {
        return text == null ? Set.of() : Set.copyOf(List.of(text.split(",", -1)));
    }

    private static Map<String, String> parameters(@Nullable String text) throws BadUsage {
        Map<String, String> parameters = new HashMap<>();
        for (String one : text == null ? new String[0] : text.split(",", -1)) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new BadUsage("A parameter is set like Consistency=strict, not '" + one + "'.");
            }
            parameters.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return parameters;
    }

    private static @Nullable Long chaos(@Nullable String seed) throws BadUsage {
        try {
            return seed == null ? null : Long.valueOf(seed);
        } catch (NumberFormatException e) {
            throw new BadUsage("A seed is a whole number, not '" + seed + "'.");
        }
    }

    private static String valueIfAny(ListIterator<String> rest) {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.startsWith("-")) {
            rest.previous();
            return "";
        }
        return value;
    }

    private static String value(String option, Iterator<String> rest) throws BadUsage {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new BadUsage("The option " + option + " needs a value.");
        }
        return value;
    }
}
