package dev.storyline.cli;

import dev.storyline.cli.build.BenchCommand;
import dev.storyline.cli.build.FormatCommand;
import dev.storyline.cli.build.NativeCommand;
import dev.storyline.cli.build.PackageCommand;
import dev.storyline.cli.build.TestCommand;
import dev.storyline.cli.cloud.UpCommand;
import dev.storyline.cli.common.CommandGroup;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.contracts.ContractsCommand;
import dev.storyline.cli.demo.DemoCommand;
import dev.storyline.cli.deploy.DeployCommand;
import dev.storyline.cli.model.ModelCommand;
import dev.storyline.cli.operator.ArchiveCommand;
import dev.storyline.cli.operator.ClockCommand;
import dev.storyline.cli.operator.FindCommand;
import dev.storyline.cli.operator.ParkedCommand;
import dev.storyline.cli.operator.RebuildCommand;
import dev.storyline.cli.operator.ReconcileCommand;
import dev.storyline.cli.operator.RedriveCommand;
import dev.storyline.cli.operator.ReplayCommand;
import dev.storyline.cli.operator.RestoreCheckCommand;
import dev.storyline.cli.operator.SkipCommand;
import dev.storyline.cli.operator.SliceStatusCommand;
import dev.storyline.cli.operator.StoryCommand;
import dev.storyline.cli.slice.ContextCommand;
import dev.storyline.cli.slice.SliceCommand;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ScopeType;

/**
 * The command line. The launcher {@code ./storyline} starts it with two system properties: {@code storyline.root} is the
 * root of the repository, and {@code storyline.builds} says that commands may start Maven.
 */
@Command(
        name = "./storyline",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Event-modelled businesses as serverless functions, on this machine and on AWS.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 110,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:The command did what it was asked to do.",
            "1:A check, a comparison or a test found something to act on.",
            "2:The command line is wrong, or names something that does not exist.",
            "3:The command could not do what it was asked to do."
        },
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            SliceStatusCommand.class,
            ParkedCommand.class,
            RedriveCommand.class,
            SkipCommand.class,
            ReconcileCommand.class,
            StoryCommand.class,
            FindCommand.class,
            ClockCommand.class,
            RebuildCommand.class,
            ReplayCommand.class,
            RestoreCheckCommand.class,
            ArchiveCommand.class,
            ModelCommand.class,
            ContextCommand.class,
            SliceCommand.class,
            ContractsCommand.class,
            DeployCommand.class,
            TestCommand.class,
            PackageCommand.class,
            NativeCommand.class,
            BenchCommand.class,
            FormatCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Storyline extends CommandGroup {
    /** Gives each command its session. */
    private record CommandFactory(Session session) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Session.class))) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(session));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Session session = new Session(
                Path.of(System.getProperty("storyline.root", ""))
                        .toAbsolutePath()
                        .normalize(),
                print(FileDescriptor.out),
                print(FileDescriptor.err),
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false),
                System.getenv(),
                Boolean.getBoolean("storyline.builds"));
        int status = run(session, arguments);
        session.out().flush();
        session.err().flush();
        // DynamoDB Local's threads would keep the process alive.
        System.exit(status);
    }

    private static PrintStream print(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    /** Runs one command, and returns its {@link ExitStatus}. */
    public static int run(Session session, String... arguments) {
        try {
            return commandLine(session).execute(arguments);
        } catch (OutOfMemoryError e) {
            // The command and everything that it had read are unreachable by now, so there is memory for this line.
            session.err()
                    .println("The " + Runtime.getRuntime().maxMemory() / 1024 / 1024
                            + " MB of memory of this process are not enough.");
            return ExitStatus.COULD_NOT;
        }
    }

    static CommandLine commandLine(Session session) {
        CommandLine line = new CommandLine(new Storyline(), new CommandFactory(session));
        Failures failures = new Failures(session);
        return line.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(session.coloured() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
