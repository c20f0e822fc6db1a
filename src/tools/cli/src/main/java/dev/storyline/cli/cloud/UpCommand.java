package dev.storyline.cli.cloud;

import dev.storyline.cli.build.SliceBuild;
import dev.storyline.cli.common.Repository;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.local.ContextSelection;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.common.ConsoleLog;
import dev.storyline.local.database.KeptParameters;
import dev.storyline.local.identity.TrustedIssuer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./storyline up}. */
@Command(name = "up", description = "Run everything on this machine, until it is interrupted.")
public final class UpCommand implements Runnable {
    private static final int LAST_PORT = 65_535;

    /** A comma behind which another parameter begins. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?=[A-Za-z][A-Za-z0-9]*=)");

    private final Session session;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0 for any free port).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where to keep the data (default: .data in the repository). A restart goes on where it stopped.")
    private @Nullable Path data;

    @Option(names = "--in-memory", description = "Forget everything at the end.")
    private boolean inMemory;

    @Option(
            names = "--chaos",
            paramLabel = "SEED",
            description =
                    "Deliver badly on purpose: doubled, out of order, some of a feed never. The comparison that heals lost"
                            + " deliveries then runs every 5 seconds instead of daily.")
    private @Nullable Long chaos;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A value for a parameter of the templates, like Consistency=strict. May be repeated; then a comma is"
                            + " part of the value, as in a list. Given once, it may hold several: A=1,B=2. A data directory keeps"
                            + " it until it is set again.")
    private Map<String, String> set = Map.of();

    @Option(
            names = "--contexts",
            split = ",",
            paramLabel = "A,B",
            description = "Only these contexts and the contexts that they need (default: all).")
    private List<String> contexts = List.of();

    @Option(
            names = "--alone",
            description = "Only the contexts that --contexts names; public events to and from others are left out.")
    private boolean alone;

    @Option(
            names = "--auth",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "URL",
            description =
                    "Ask for tokens of this OpenID Connect issuer, or, without URL, of the one that comes along, and print"
                            + " a token for each actor.")
    private @Nullable String issuer;

    @Option(names = "--audience", paramLabel = "NAME", description = "The audience of the tokens of --auth URL.")
    private @Nullable String audience;

    @Option(
            names = "--jvm-processes",
            description = "Run the zip of each function in processes of its own, as Lambda does (on Linux).")
    private boolean jvmProcesses;

    @Option(
            names = "--native",
            description = "Run native executables in processes of their own; './storyline native' builds them.")
    private boolean natively;

    public UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        LocalCloud.Options options = options();
        SliceBuild build = new SliceBuild(session);
        build.ensureFresh();
        if (jvmProcesses) {
            build.ensureZips(options
                    .contexts()
                    .read(session.root(), parameters(), KeptParameters.of(options.data()))
                    .deployment()
                    .functions()
                    .stream()
                    .map(function -> function.isOfSlice() ? function.slice() : SliceBuild.SHARED_FUNCTIONS)
                    .distinct()
                    .toList());
        }
        ConsoleLog.start();
        LocalCloud cloud = LocalCloud.start(options);
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            session.out().println("Stopping.");
            cloud.close();
            end.countDown();
        }));
        new Welcome(options, cloud).lines().forEach(session.out()::println);
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LocalCloud.Options options() {
        if (port < 0 || port > LAST_PORT) {
            throw new WrongUse("A port is a number from 0 to " + LAST_PORT + ", not '" + port + "'.");
        }
        exclude("--in-memory", inMemory, "--data", data != null);
        exclude("--jvm-processes", jvmProcesses, "--native", natively);
        if (alone && contexts.isEmpty()) {
            throw new WrongUse("The option --alone needs the contexts to run: --contexts wishes --alone.");
        }
        new Repository(session.root()).requireContexts(contexts);
        Path folder = data == null ? session.root().resolve(".data") : data;
        return new LocalCloud.Options(
                session.root(),
                port,
                inMemory ? null : folder,
                chaos,
                parameters(),
                new ContextSelection(Set.copyOf(contexts), alone),
                auth(),
                jvmProcesses
                        ? LocalCloud.Run.JVM_PROCESSES
                        : natively ? LocalCloud.Run.NATIVE : LocalCloud.Run.IN_PROCESS);
    }

    /** The values of {@code --set}. One that is given once is cut at each comma that stands before a {@code NAME=}. */
    Map<String, String> parameters() {
        if (set.size() != 1) {
            return set;
        }
        Map.Entry<String, String> only = set.entrySet().iterator().next();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String one : SEPARATOR.split(only.getKey() + "=" + only.getValue())) {
            int equals = one.indexOf('=');
            parameters.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return parameters;
    }

    private static void exclude(String one, boolean hasOne, String other, boolean hasOther) {
        if (hasOne && hasOther) {
            throw new WrongUse("The options " + one + " and " + other + " exclude each other.");
        }
    }

    private @Nullable TrustedIssuer auth() {
        boolean other = issuer != null && !issuer.isEmpty();
        if (other != (audience != null)) {
            throw new WrongUse("Tokens of an issuer are checked with its address and their audience: "
                    + "--auth https://issuer.example --audience storyline.");
        }
        return issuer == null
                ? null
                : audience == null ? TrustedIssuer.DEVELOPMENT : new TrustedIssuer(issuer, audience);
    }
}
