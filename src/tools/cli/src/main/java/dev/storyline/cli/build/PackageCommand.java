package dev.storyline.cli.build;

import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./storyline package}. */
@Command(
        name = "package",
        description =
                "Package slices for AWS Lambda: write functions/CONTEXT/SLICE/target/function.zip, without tests. The"
                        + " functions that the slices of a context share are packaged as 'infra'.")
public final class PackageCommand implements Runnable {
    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "CONTEXT/SLICE",
            description = "The slices, or 'infra'; all and 'infra' if none is named.")
    private List<String> slices = List.of();

    public PackageCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Repository repository = new Repository(session.root());
        repository.requireSlices(slices.stream()
                .filter(slice -> !slice.equals(SliceBuild.SHARED_FUNCTIONS))
                .toList());
        List<String> chosen = slices.isEmpty() ? all(repository.slices()) : slices;
        session.err().println("Packaging " + chosen.size() + (chosen.size() == 1 ? " zip ..." : " zips ..."));
        new SliceBuild(session).zips(chosen);
        chosen.forEach(slice -> session.out().println(SliceBuild.module(slice) + "/target/function.zip"));
    }

    private List<String> all(List<String> present) {
        List<String> all = new ArrayList<>(present);
        if (Files.exists(session.root().resolve(SliceBuild.SHARED_FUNCTIONS).resolve("pom.xml"))) {
            all.add(SliceBuild.SHARED_FUNCTIONS);
        }
        return all;
    }
}
