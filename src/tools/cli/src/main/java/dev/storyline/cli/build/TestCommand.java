package dev.storyline.cli.build;

import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.deployment.Lint;
import dev.storyline.deployment.LintFinding;
import dev.storyline.deployment.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./storyline test}. */
@Command(
        name = "test",
        description =
                "Build everything and run all tests and checks, native executables included where GRAALVM_HOME is set."
                        + " The exit status is 1 if the build or a test fails.",
        customSynopsis = {
            "./storyline test [--quick | --long]",
            "./storyline test CONTEXT/SLICE...",
            "./storyline test --since REV",
            "./storyline test MAVEN-ARGUMENTS   (like: -pl src/runtime/edge -am)"
        })
public final class TestCommand implements Callable<Integer> {
    private static final List<String> NATIVE = List.of("wishes/make-wish", "wishes/child-wishes");
    private static final String JOURNEYS = "src/verification/journeys";
    private static final String ANY_TEST = "-Dsurefire.failIfNoSpecifiedTests=false";
    private static final String ALL_JOURNEYS = "-Dtest=dev.storyline.journeys.*Test";
    private static final String NO_ZIPS = "-Dquarkus.build.skip=true";

    /** One process runs the specifications of all slices, so that not every slice does. */
    private static final String NO_SPECIFICATIONS = "-Dspecifications=";

    /** The slices that a journey runs as processes. */
    private static final List<String> PACKAGED =
            List.of("wishes/make-wish", "wishes/child-wishes", "wishes/naughty-list", "wishes/stream-story");

    private final Session session;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "CONTEXT/SLICE", description = "Only these slices, like wishes/make-wish.")
    private List<String> words = List.of();

    @Option(
            names = "--quick",
            description = "Compile, and run rules, specifications and unit tests only, in a few minutes.")
    private boolean quick;

    @Option(
            names = "--long",
            description = "Run everything at full length: long histories, many kills, all slices packaged.")
    private boolean atFullLength;

    @Option(names = "--since", paramLabel = "REV", description = "Only what changed since this revision of git.")
    private @Nullable String since;

    @Unmatched
    private List<String> options = new ArrayList<>();

    public TestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> maven = maven();
        long modes = Stream.of(
                        !maven.isEmpty(), quick, atFullLength, since != null, !words.isEmpty() && maven.isEmpty())
                .filter(chosen -> chosen)
                .count();
        if (modes > 1) {
            throw new WrongUse("Slices, --quick, --long, --since and arguments of Maven exclude each other.");
        }
        if (!maven.isEmpty()) {
            return status(maven(maven));
        }
        if (!words.isEmpty()) {
            new Repository(session.root()).requireSlices(words);
            return status(only(words.stream().map(slice -> "functions/" + slice).toList()));
        }
        if (since != null) {
            List<String> modules = Plan.modules(session.root(), since);
            if (modules.isEmpty()) {
                session.out().println("Nothing to build: no change since " + since + " is in any module.");
                return ExitStatus.WELL;
            }
            if (TestedModules.haveTestsOfTheirOwn(modules)) {
                session.out().println("Building what changed since " + since + ": " + String.join(", ", modules));
                return lint() ? status(only(modules)) : ExitStatus.FOUND;
            }
        }
        return status(quick ? quickly() : everything());
    }

    private static int status(int maven) {
        return ExitStatus.found(maven != 0);
    }

    /** The arguments that go to Maven as they are: all of them, in their order, if there is an option that is none of ours. */
    private List<String> maven() {
        if (options.isEmpty() || spec == null) {
            return List.of();
        }
        List<String> ours = spec.options().stream()
                .flatMap(option -> List.of(option.names()).stream())
                .toList();
        for (String option : options) {
            if (option.startsWith("--")) {
                throw new WrongUse(WrongUse.unknown("option", option, ours));
            }
        }
        return spec.commandLine().getParseResult().originalArgs().stream()
                .dropWhile(argument -> !argument.equals("test"))
                .skip(1)
                .toList();
    }

    private int maven(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("verify"));
        all.addAll(arguments);
        return new Maven(session).run(all);
    }

    /** The tests of some modules, and what they are built from. */
    private int only(List<String> modules) {
        return new Maven(session)
                .run(List.of(
                        "-T",
                        "2",
                        "verify",
                        "-pl",
                        String.join(",", modules),
                        "-am",
                        "-Dtest=" + TestedModules.patterns(modules),
                        ANY_TEST,
                        NO_ZIPS));
    }

    /** All templates are checked together, because their rules compare them. */
    private boolean lint() {
        List<LintFinding> findings = Lint.of(session.root());
        findings.forEach(session.out()::println);
        return findings.isEmpty();
    }

    private int quickly() {
        int status = maven("-T", "2", "package", "-Pquick", "-pl", "!" + JOURNEYS + ",!src/verification/benchmarks");
        return status != 0
                ? status
                : journeys(
                        List.of(JOURNEYS),
                        "package",
                        "-Pquick",
                        "-Dtest=AllSpecificationsTest,ArchitectureTest,TestPathsTest");
    }

    /** Modules side by side; then the journeys, which need the classes of all slices and run their specifications. */
    private int everything() {
        new Browser(session).ensureThere();
        int status = tests();
        if (status != 0) {
            return status;
        }
        if (session.environment().getOrDefault("GRAALVM_HOME", "").isEmpty()) {
            session.out().println("Native executables: skipped, GRAALVM_HOME is not set.");
            return 0;
        }
        return NativeCommand.build(session, NATIVE);
    }

    private int tests() {
        if (atFullLength) {
            int status = maven("-T", "2", "verify", "-Plong", "-pl", "!" + JOURNEYS, NO_SPECIFICATIONS);
            return status != 0 ? status : journeys(List.of(JOURNEYS), "verify", "-Plong", ALL_JOURNEYS, NO_ZIPS);
        }
        int status = maven("-T", "2", "verify", "-pl", "!" + JOURNEYS, NO_SPECIFICATIONS, NO_ZIPS);
        List<String> modules = new ArrayList<>(List.of(SliceBuild.modules(PACKAGED), JOURNEYS));
        return status != 0 ? status : journeys(modules, "verify", ALL_JOURNEYS, "-Dzip.skip");
    }

    /** What was compiled and checked a moment ago is not checked again. */
    private int journeys(List<String> modules, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-pl", String.join(",", modules), "-am", ANY_TEST, "-Dspotless.check.skip=true"));
        return new Maven(session).run(all);
    }

    private int maven(String... arguments) {
        return new Maven(session).run(List.of(arguments));
    }
}
