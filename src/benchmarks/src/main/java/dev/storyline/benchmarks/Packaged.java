package dev.storyline.benchmarks;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Deployment.Fn;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Functions as they were packaged, unpacked and ready to be started as Lambda starts them. */
final class Packaged {
    private static final String HANDLER = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest";

    /** What Lambda's managed runtime for Java brings. */
    private static final Pattern RUNTIME = Pattern.compile(
            ".*/(aws-lambda-java-(runtime-interface-client|serialization|core)|utils-lite)-[\\d.]+\\.jar");

    /** What the plain SDK brings with the HTTP client that our functions use; what Quarkus replaced stays replaced. */
    private static final Pattern SDK = Pattern.compile("(software\\.amazon\\.awssdk|org\\.apache\\.httpcomponents"
            + "|commons-codec|org\\.reactivestreams|org\\.slf4j|org\\.jboss\\.logging|com\\.amazonaws)\\..*\\.jar");

    private final Path work;
    private final URI dynamo;
    private final String runtime;

    /** Unpacks into this folder, for functions that find DynamoDB there. */
    Packaged(Path work, URI dynamo) {
        this.work = work;
        this.dynamo = dynamo;
        this.runtime = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(RUNTIME.asMatchPredicate())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The function from its zip: as it starts, and as it goes on where Lambda restores it from a snapshot. */
    List<ColdStart> zip(Fn function, FirstEvent event) throws IOException {
        Path zip = function.folder().resolve("target/function.zip");
        Optional<Path> folder = unpacked(zip);
        List<ColdStart> both = new ArrayList<>();
        for (boolean restored : new boolean[] {false, true}) {
            ColdStart.Launch launch = folder.map(there -> managed(function, there, HANDLER, restored))
                    .orElse(null);
            String form = restored ? "JVM zip, restored" : "JVM zip";
            both.add(new ColdStart(function.export(), form, launch == null ? 0 : Files.size(zip), launch, event));
        }
        return both;
    }

    /** The native executable of the function; its size is what it takes in a zip. */
    ColdStart executable(Fn function, FirstEvent event) throws IOException {
        Path target = function.folder().resolve("target");
        Optional<Path> runner = Optional.empty();
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                runner = files.filter(file -> file.toString().endsWith("-runner"))
                        .findFirst();
            }
        }
        if (runner.isEmpty()) {
            return new ColdStart(function.export(), "native", 0, null, event);
        }
        List<String> command = List.of(runner.get().toString());
        return new ColdStart(
                function.export(),
                "native",
                deflated(runner.get()),
                new ColdStart.Launch(command, target, environment(function, target, HANDLER), false),
                event);
    }

    /** The bare handler with the SDK from a function's zip. */
    ColdStart bare(Fn function, FirstEvent event) throws IOException {
        Path packaged = unpacked(function.folder().resolve("target/function.zip"))
                .orElseThrow(() -> new IllegalStateException("Package " + function.slice() + " first"));
        Path task = Files.createDirectories(work.resolve("bare"));
        Path lib = Files.createDirectories(task.resolve("lib"));
        double bytes = 0;
        try (Stream<Path> jars = Files.list(packaged.resolve("lib"))) {
            for (Path jar : jars.filter(jar ->
                            SDK.matcher(String.valueOf(jar.getFileName())).matches())
                    .toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
                bytes += deflated(jar);
            }
        }
        String name = BareHandler.class.getName().replace('.', '/') + ".class";
        Path type = task.resolve(name);
        Files.createDirectories(Objects.requireNonNull(type.getParent()));
        try (InputStream in = Objects.requireNonNull(Cold.class.getResourceAsStream("/" + name))) {
            Files.copy(in, type);
        }
        ColdStart.Launch launch = managed(function, task, BareHandler.class.getName() + "::handleRequest", false);
        return new ColdStart("(bare handler)", "JVM zip", bytes, launch, event);
    }

    private ColdStart.Launch managed(Fn function, Path task, String handler, boolean restored) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As much as the function has, so that the heap grows as it would there.
                "-XX:MaxRAM=" + function.memoryMegabytes() + "m",
                // The hooks of org.crac are those of the runtime interface client, as in the managed runtime.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                runtime,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler);
        Map<String, String> environment = environment(function, task, handler);
        if (restored) {
            environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        }
        return new ColdStart.Launch(command, task, environment, restored);
    }

    private Map<String, String> environment(Fn function, Path task, String handler) {
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.put("_HANDLER", handler);
        environment.put("LAMBDA_TASK_ROOT", task.toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.export());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        environment.put("AWS_REGION", Deployment.REGION);
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.toString());
        return environment;
    }

    /** The zip's content in a folder, as Lambda has it in {@code /var/task}. */
    private Optional<Path> unpacked(Path zip) throws IOException {
        if (!Files.exists(zip)) {
            return Optional.empty();
        }
        Path folder = work.resolve(Integer.toHexString(zip.hashCode()));
        if (Files.isDirectory(folder)) {
            return Optional.of(folder);
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            if (file.getEntry("bootstrap") != null) {
                return Optional.empty();
            }
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path to = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && to.startsWith(folder)) {
                    Files.createDirectories(Objects.requireNonNull(to.getParent()));
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        }
        return Optional.of(folder);
    }

    private static double deflated(Path file) throws IOException {
        long[] bytes = {0};
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int one) {
                bytes[0]++;
            }

            @Override
            public void write(byte[] some, int offset, int length) {
                bytes[0] += length;
            }
        };
        try (OutputStream out = new DeflaterOutputStream(counting)) {
            Files.copy(file, out);
        }
        return bytes[0];
    }
}
