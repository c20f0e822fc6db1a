package dev.storyline.cli.build;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline bench}. */
@Command(
        name = "bench",
        description = "Measure commands and deliveries against DynamoDB Local: how fast, and at what cost.",
        subcommands = {
            BenchCommand.ColdCommand.class,
            BenchCommand.RebuildCommand.class,
            BenchLocalCommand.class,
            BenchCommerceCommand.class,
            BenchSearchCommand.class
        })
public final class BenchCommand implements Runnable {
    private static final String MODULE = "src/verification/benchmarks";
    private static final int LEAST_EVENTS = 1000;

    private final Session session;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How long each contender of each case is measured in each round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many events are rebuilt, 1000 or more (default: ${DEFAULT-VALUE}).")
    private int events;

    public BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (seconds < 1) {
            throw new WrongUse("The number of seconds is 1 or more, not '" + seconds + "'.");
        }
        requireEvents(events);
        build(session);
        measure(
                session,
                "dev.storyline.benchmarks.CommandBenchmark",
                List.of(),
                List.of("--seconds", Integer.toString(seconds), "--events", Integer.toString(events)));
    }

    /** {@code ./storyline bench cold}. */
    @Command(name = "cold", description = "Measure cold starts of functions in processes, as on Lambda.")
    static final class ColdCommand implements Runnable {
        private static final List<String> ALWAYS = List.of("wishes/make-wish", "wishes/child-wishes");
        private static final int MOST_STARTS = 999;

        private final Session session;

        @Parameters(
                arity = "0..*",
                paramLabel = "CONTEXT/SLICE",
                description = "The slices to measure (default: wishes/make-wish wishes/child-wishes).")
        private List<String> slices = List.of();

        @Option(
                names = "--starts",
                paramLabel = "N",
                defaultValue = "10",
                description = "How often each is started, 1 to 999 (default: ${DEFAULT-VALUE}).")
        private int starts;

        ColdCommand(Session session) {
            this.session = session;
        }

        @Override
        public void run() {
            new Repository(session.root()).requireSlices(slices);
            if (starts < 1 || starts > MOST_STARTS) {
                throw new WrongUse("The number of starts is 1 to " + MOST_STARTS + ", not '" + starts + "'.");
            }
            Set<String> zips = new LinkedHashSet<>(ALWAYS);
            zips.addAll(slices);
            // First the zips that are measured; then the module that measures them, which packages nothing.
            new SliceBuild(session).zips(List.copyOf(zips));
            build(session);
            List<String> arguments = new ArrayList<>(slices);
            arguments.addAll(List.of("--starts", Integer.toString(starts)));
            measure(
                    session,
                    "dev.storyline.benchmarks.Cold",
                    List.of("-Dsun.net.httpserver.nodelay=true", "-Dstoryline.root=" + session.root()),
                    arguments);
        }
    }

    /** {@code ./storyline bench rebuild}. */
    @Command(
            name = "rebuild",
            description = "Measure a rebuild only, with its cost, its memory, and what live commits feel of it.")
    static final class RebuildCommand implements Runnable {
        private final Session session;

        @Option(
                names = "--events",
                paramLabel = "N",
                defaultValue = "1000000",
                description = "How many events are rebuilt, 1000 or more (default: ${DEFAULT-VALUE}).")
        private int events;

        RebuildCommand(Session session) {
            this.session = session;
        }

        @Override
        public void run() {
            requireEvents(events);
            build(session);
            measure(
                    session,
                    "dev.storyline.benchmarks.RebuildBenchmark",
                    List.of(),
                    List.of("--events", Integer.toString(events)));
        }
    }

    private static void requireEvents(int events) {
        if (events < LEAST_EVENTS) {
            throw new WrongUse("The number of events is " + LEAST_EVENTS + " or more, not '" + events + "'.");
        }
    }

    static void build(Session session) {
        session.err().println("Building the benchmarks ...");
        new Maven(session)
                .runQuietly(
                        "benchmarks.log",
                        List.of(
                                "package",
                                "-Dmaven.test.skip=true",
                                "-Dquarkus.build.skip=true",
                                "-Dspotless.check.skip=true",
                                "-pl",
                                MODULE,
                                "-am"));
    }

    /** Measures in a process of its own, with the full compiler. */
    static void measure(Session session, String main, List<String> options, List<String> arguments) {
        Path target = session.root().resolve(MODULE).resolve("target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(options);
        try {
            command.addAll(List.of(
                    "-cp",
                    target.resolve("classes")
                            + File.pathSeparator
                            + Files.readString(target.resolve("runtime.classpath"))
                                    .strip(),
                    main));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command.addAll(arguments);
        if (Maven.start(session, command, null) != 0) {
            throw new CouldNot("The benchmark failed; its messages are above.");
        }
    }
}
