package dev.storyline.cli.build;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./storyline native}. */
@Command(
        name = "native",
        description =
                "Build slices as native executables and run their function tests against them. Needs GRAALVM_HOME: the"
                        + " folder of Mandrel or GraalVM for JDK 25 or newer. The exit status is 1 if the build or a test fails.")
public final class NativeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "CONTEXT/SLICE",
            description = "The slices, like wishes/make-wish; all if none is named.")
    private List<String> slices = List.of();

    public NativeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Repository repository = new Repository(session.root());
        repository.requireSlices(slices);
        if (session.environment().getOrDefault("GRAALVM_HOME", "").isEmpty()) {
            throw new CouldNot(
                    "Native executables need GRAALVM_HOME: install Mandrel or GraalVM for JDK 25 or newer, and set"
                            + " it to its folder.");
        }
        return ExitStatus.found(build(session, slices.isEmpty() ? repository.slices() : slices) != 0);
    }

    static int build(Session session, List<String> slices) {
        return new Maven(session)
                .run(List.of(
                        "verify",
                        "-Pnative",
                        "-pl",
                        SliceBuild.modules(slices),
                        "-am",
                        "-Dtest=None",
                        "-Dsurefire.failIfNoSpecifiedTests=false",
                        "-Dfailsafe.failIfNoSpecifiedTests=false"));
    }
}
