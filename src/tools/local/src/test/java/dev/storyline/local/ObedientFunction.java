package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A program that uses the Runtime API and follows its events. Its first argument is its version. */
public final class ObedientFunction {
    private ObedientFunction() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String base = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";
        if (arguments[0].equals("broken")) {
            System.out.println("I am broken.");
            System.exit(3);
        }
        while (true) {
            HttpURLConnection next = open(base + "next");
            String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
            JsonNode event;
            try (InputStream body = next.getInputStream()) {
                event = Json.mapper().readTree(body);
            }
            ObjectNode reply = Json.mapper()
                    .createObjectNode()
                    .put("version", arguments[0])
                    .put("pid", ProcessHandle.current().pid());
            switch (event.path("do").asText()) {
                case "exit" -> Runtime.getRuntime().halt(7);
                case "hang" -> new CountDownLatch(1).await();
                case "fail" -> reply.put("errorType", "Naughty").put("errorMessage", "I will not.");
                case "measure" -> System.out.println(event.path("line").asText() + "\nand something else");
                case "environment" -> System.getenv().forEach(reply::put);
                default -> reply.set("event", event);
            }
            post(base + id + (event.path("do").asText().equals("fail") ? "/error" : "/response"), reply);
        }
    }

    private static HttpURLConnection open(String url) throws IOException {
        return (HttpURLConnection) URI.create(url).toURL().openConnection();
    }

    private static void post(String url, JsonNode body) throws IOException {
        HttpURLConnection connection = open(url);
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
        if (connection.getResponseCode() != 202) {
            throw new IOException(url + " answered " + connection.getResponseCode());
        }
    }
}
