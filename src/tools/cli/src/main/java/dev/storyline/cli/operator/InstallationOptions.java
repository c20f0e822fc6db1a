package dev.storyline.cli.operator;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.common.ConsoleLog;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.operator.Installation;
import dev.storyline.local.operator.Installations;
import dev.storyline.local.operator.Operator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The options that the commands of operators share: on which installation they work. */
public final class InstallationOptions {
    private static final int USUAL_PORT = 8080;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "A local cloud of yours that runs, by its port, also one in memory (default: the one that runs"
                            + " on .data in the repository, or else at 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "A data directory, whether a local cloud runs on it or not (default: .data in the repository, where"
                            + " no local cloud runs).")
    private @Nullable Path data;

    @Option(names = "--stage", paramLabel = "NAME", description = "A stage in an account of AWS.")
    private @Nullable String stage;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "With --stage: the region (default: that of your settings of AWS).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "With --stage: the profile with your credentials (default: those that tools of AWS find).")
    private @Nullable String profile;

    @Option(names = "--contexts", split = ",", paramLabel = "A,B", description = "Only these contexts (default: all).")
    private List<String> contexts = List.of();

    /**
     * Runs something on the installation.
     *
     * @param slice the slice that the command names; null for all slices
     */
    int on(Session session, @Nullable String slice, Function<Operator, Integer> command) {
        ConsoleLog.startQuietly();
        try (Operator operator = new Operator(open(session))) {
            if (slice != null) {
                WrongUse.unless("view and no event handler", slice, operator.slices());
            }
            return command.apply(operator);
        }
    }

    private Installation open(Session session) {
        if (Stream.of(port, data, stage).filter(Objects::nonNull).count() > 1) {
            throw new WrongUse("--port, --data and --stage name different installations: give one of them.");
        }
        if (stage == null && (region != null || profile != null)) {
            throw new WrongUse("--region and --profile belong to a stage in AWS: name it with --stage.");
        }
        Set<String> named = Set.copyOf(contexts);
        if (stage != null) {
            return Installations.onAws(stage, region(), profile, named);
        }
        if (port != null) {
            RunningCloud.Access running = RunningCloud.at(port);
            if (running == null) {
                throw new CouldNot("No local cloud of yours runs at port " + port + ": './storyline up --port " + port
                        + "' starts one.");
            }
            return Installations.at(running, named);
        }
        return data == null ? usual(session, named) : on(session, data, named);
    }

    private String region() {
        if (region != null) {
            return region;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            throw new WrongUse("Your settings of AWS name no region: give it with --region.");
        }
    }

    /** The nearest one: what runs on the data of the repository, what runs at the usual port, then the data at rest. */
    private static Installation usual(Session session, Set<String> named) {
        Path ours = session.root().resolve(".data");
        RunningCloud.Access running = RunningCloud.on(ours);
        if (running == null) {
            running = RunningCloud.at(USUAL_PORT);
            if (running != null) {
                session.err().println("On the local cloud at " + running.gateway() + ":");
            }
        }
        return running == null ? on(session, ours, named) : Installations.at(running, named);
    }

    private static Installation on(Session session, Path folder, Set<String> named) {
        RunningCloud.Access running = RunningCloud.on(folder);
        if (running != null) {
            return Installations.at(running, named);
        }
        new Repository(session.root()).requireContexts(named);
        if (!Files.isDirectory(folder)) {
            throw new CouldNot("There is no data in " + folder
                    + ": './storyline up' makes it there, and --data names another directory.");
        }
        return Installations.on(session.root(), folder, named);
    }
}
