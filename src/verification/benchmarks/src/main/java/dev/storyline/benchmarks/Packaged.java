package dev.storyline.benchmarks;

import dev.storyline.deployment.Deployment.FunctionSpec;
import dev.storyline.local.lambda.DeployedCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** Prepares packaged functions for a start in the way of the local cloud. */
final class Packaged {
    /** The HTTP clients of the SDK to compare. The functions of this repository use the first one. */
    static final List<String> HTTP_CLIENTS = List.of("apache", "url");

    /** The jars of the plain SDK. Jars that Quarkus replaced are not restored. */
    private static final Pattern SDK = Pattern.compile("(software\\.amazon\\.awssdk|org\\.reactivestreams|org\\.slf4j"
            + "|org\\.jboss\\.logging|com\\.amazonaws)\\..*\\.jar");

    /** The jars that only one of the HTTP clients needs, by client name. */
    private static final Map<String, Pattern> OF_CLIENT = Map.of(
            "apache",
            Pattern.compile("(.*\\.)?(apache-client|httpclient|httpcore)-[\\d.]+\\.jar"),
            "url",
            Pattern.compile("(.*\\.)?url-connection-client-[\\d.]+\\.jar"));

    private final Path work;
    private final Map<String, String> services;

    /** Unpacks functions into this folder. The functions use the DynamoDB at this URI. */
    Packaged(Path work, URI dynamo) {
        this.work = work;
        this.services = Map.of(
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", dynamo.toString());
    }

    /** Returns the function from its zip, started in two ways: normally, and as Lambda restores it from a snapshot. */
    List<ColdStart> zip(FunctionSpec function, FirstEvent event) throws IOException {
        Path zip = zip(function);
        DeployedCode code = Files.exists(zip) ? DeployedCode.ofZip(zip, work) : null;
        double bytes = code == null ? 0 : Files.size(zip);
        Map<String, String> restored = new HashMap<>(services);
        restored.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        List<ColdStart> both = new ArrayList<>();
        both.add(new ColdStart(function.export(), "JVM zip", bytes, launch(function, code, services, false), event));
        both.add(new ColdStart(
                function.export(), "JVM zip, restored", bytes, launch(function, code, restored, true), event));
        return both;
    }

    private static Path zip(FunctionSpec function) {
        return function.folder().resolve("target/function.zip");
    }

    private static ColdStart.@Nullable Launch launch(
            FunctionSpec function, @Nullable DeployedCode code, Map<String, String> environment, boolean restored) {
        return code == null ? null : new ColdStart.Launch(function, code, environment, restored);
    }

    /** Returns the native executable of the function. Its size is its size in a zip. */
    ColdStart executable(FunctionSpec function, FirstEvent event) throws IOException {
        Optional<Path> runner = DeployedCode.executable(function.folder().resolve("target"));
        if (runner.isEmpty()) {
            return new ColdStart(function.export(), "native", 0, null, event);
        }
        ColdStart.Launch launch =
                new ColdStart.Launch(function, DeployedCode.ofExecutable(runner.get(), work), services, false);
        return new ColdStart(function.export(), "native", deflated(runner.get()), launch, event);
    }

    /** Returns the bare handler with the SDK from a function's zip, and one of the SDK's HTTP clients. */
    ColdStart bare(FunctionSpec function, String client, FirstEvent event) throws IOException {
        if (!Files.exists(zip(function))) {
            throw new IllegalStateException("Package " + function.slice() + " first");
        }
        Path task = Files.createDirectories(work.resolve("bare-" + client));
        Path lib = Files.createDirectories(task.resolve("lib"));
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> packaged =
                Files.list(DeployedCode.ofZip(zip(function), work).folder().resolve("lib"))) {
            packaged.filter(jar ->
                            matches(SDK, jar) && OF_CLIENT.values().stream().noneMatch(one -> matches(one, jar)))
                    .forEach(jars::add);
        }
        Pattern ofClient = Objects.requireNonNull(OF_CLIENT.get(client));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> matches(ofClient, jar))
                .forEach(jars::add);
        double bytes = 0;
        for (Path jar : jars) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
            bytes += deflated(jar);
        }
        String name = BareHandler.class.getName().replace('.', '/') + ".class";
        Path type = task.resolve(name);
        Files.createDirectories(Objects.requireNonNull(type.getParent()));
        try (InputStream in = Objects.requireNonNull(Cold.class.getResourceAsStream("/" + name))) {
            Files.copy(in, type);
        }
        FunctionSpec bare = new FunctionSpec(
                function.arn(),
                function.slice(),
                function.folder(),
                function.export(),
                function.environment(),
                function.runtime(),
                function.timeout(),
                function.memoryMegabytes(),
                BareHandler.class.getName() + "::handleRequest",
                function.concurrency(),
                function.policy());
        Map<String, String> environment = new HashMap<>(services);
        environment.put("HTTP_CLIENT", client);
        ColdStart.Launch launch = new ColdStart.Launch(bare, new DeployedCode(task, false, client), environment, false);
        return new ColdStart("(bare, " + client + " client)", "JVM zip", bytes, launch, event);
    }

    private static boolean matches(Pattern pattern, Path jar) {
        return pattern.matcher(String.valueOf(jar.getFileName())).matches();
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
