package dev.storyline.cli.build;

import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./storyline package}. */
@Command(
        name = "package",
        description =
                "Package slices for AWS Lambda: write functions/CONTEXT/SLICE/target/function.zip, without tests.")
public final class PackageCommand implements Runnable {
    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "CONTEXT/SLICE", description = "The slices; all if none is named.")
    private List<String> slices = List.of();

    public PackageCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Repository repository = new Repository(session.root());
        repository.requireSlices(slices);
        List<String> chosen = slices.isEmpty() ? repository.slices() : slices;
        session.err().println("Packaging " + chosen.size() + (chosen.size() == 1 ? " slice ..." : " slices ..."));
        new SliceBuild(session).zips(chosen);
        chosen.forEach(slice -> session.out().println("functions/" + slice + "/target/function.zip"));
    }
}
