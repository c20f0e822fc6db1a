package dev.storyline.local;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The command line of the local cloud. */
public final class Main {
    private static final String USAGE = """
            Usage: ./storyline up [options]
              --port N       where to listen on 127.0.0.1 (default 8080; 0 for any free port)
              --data DIR     where to keep the data (default .data in the repository)
              --in-memory    forget everything at the end
              --help         this text""";

    private Main() {}

    /** The command line cannot be understood; the message says which part. */
    private static final class BadUsage extends Exception {
        private static final long serialVersionUID = 1L;

        BadUsage(String message) {
            super(message);
        }
    }

    /** Runs until it is interrupted. Exit status: 0 after a clean end, 1 for trouble, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        try {
            LocalCloud.Options options = options(List.of(arguments));
            if (options == null) {
                System.out.println(USAGE);
                return;
            }
            ConsoleLog.start();
            up(options);
        } catch (BadUsage e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        } catch (LocalTrouble | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            // A bug of ours: said in full, and ended here, since DynamoDB Local's threads would keep the process alive.
            e.printStackTrace();
            System.exit(1);
        }
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
        System.out.println("Slices: " + String.join(", ", cloud.deployment().slices()));
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

    private static LocalCloud.@Nullable Options options(List<String> arguments) throws BadUsage {
        Path root = Path.of("").toAbsolutePath();
        int port = 8080;
        Path data = null;
        boolean inMemory = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "up" -> {}
                case "--help", "-h" -> {
                    return null;
                }
                case "--in-memory" -> inMemory = true;
                case "--port" -> port = port(value(argument, rest));
                case "--data" -> data = Path.of(value(argument, rest));
                case "--root" -> root = Path.of(value(argument, rest)).toAbsolutePath();
                default -> throw new BadUsage("There is no option '" + argument + "'.");
            }
        }
        if (inMemory && data != null) {
            throw new BadUsage("--in-memory and --data contradict each other.");
        }
        Path kept = data == null ? root.resolve(".data") : data;
        return new LocalCloud.Options(root, port, inMemory ? null : kept);
    }

    private static String value(String option, Iterator<String> rest) throws BadUsage {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new BadUsage("The option " + option + " needs a value.");
        }
        return value;
    }

    private static int port(String text) throws BadUsage {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls through to the sentence below, which is the same for all wrong ports.
        }
        throw new BadUsage("A port is a number from 0 to 65535, not '" + text + "'.");
    }
}
