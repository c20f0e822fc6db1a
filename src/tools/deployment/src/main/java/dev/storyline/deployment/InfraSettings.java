package dev.storyline.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings with which {@code infra/samconfig.toml} deploys the contexts. Each context has one environment of the
 * same name.
 *
 * @param contexts the environments by context, in alphabetical order
 */
public record InfraSettings(Map<String, Environment> contexts) {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9]+)=(\"[^\"]*\"|\\S*)");

    /**
     * The environment of one context.
     *
     * @param template the template, relative to {@code infra}: {@code context.yaml}
     * @param parameters the values of its parameters, by name
     */
    public record Environment(String template, SequencedMap<String, String> parameters) {
        public Environment {
            parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        }

        /** Reads the template. */
        TemplateFile file(Path root, String context) {
            return TemplateFile.read(root.resolve("infra").resolve(template), "storyline-" + context);
        }

        /** Returns the parameters with some values replaced. The context parameter stays unchanged. */
        Map<String, String> with(Map<String, String> others) {
            Map<String, String> all = new LinkedHashMap<>(parameters);
            others.forEach((name, value) -> {
                if (!name.equals("Context")) {
                    all.put(name, value);
                }
            });
            return all;
        }
    }

    public InfraSettings {
        contexts = Collections.unmodifiableMap(new TreeMap<>(contexts));
    }

    /**
     * Reads the file.
     *
     * @param root the repository; without the file, it has no contexts
     * @throws TemplateException if the file is not valid TOML, or if an environment names no template
     */
    public static InfraSettings read(Path root) {
        Path file = root.resolve("infra/samconfig.toml");
        if (Files.notExists(file)) {
            return new InfraSettings(Map.of());
        }
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new TemplateException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Parses the text of the file. */
    static InfraSettings parse(String text, String file) {
        Map<String, Environment> contexts = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> environment :
                    new TomlMapper().readTree(text).properties()) {
                JsonNode deploy = environment.getValue().path("deploy").path("parameters");
                if (deploy.isObject()) {
                    contexts.put(environment.getKey(), environment(file, environment.getKey(), deploy));
                }
            }
            return new InfraSettings(contexts);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new TemplateException(
                    "The file " + file + " is not readable TOML, in line " + line + ": " + e.getOriginalMessage() + ".",
                    e);
        }
    }

    private static Environment environment(String file, String context, JsonNode deploy) {
        String template = deploy.path("template_file").asText();
        if (template.isEmpty()) {
            throw new TemplateException("The file " + file + " names no template_file in [" + context
                    + ".deploy.parameters]: add template_file = \"context.yaml\".");
        }
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        JsonNode overrides = deploy.path("parameter_overrides");
        if (overrides.isArray()) {
            overrides.forEach(one -> addParameters(one.asText(), parameters));
        } else {
            addParameters(overrides.asText(), parameters);
        }
        return new Environment(template, parameters);
    }

    private static void addParameters(String overrides, Map<String, String> parameters) {
        Matcher parameter = PARAMETER.matcher(overrides);
        while (parameter.find()) {
            parameters.put(parameter.group(1), parameter.group(2).replace("\"", ""));
        }
    }

    /** Returns the parameters of one context; empty if it has no environment. */
    public Map<String, String> parameters(String context) {
        Environment environment = contexts.get(context);
        return environment == null ? Map.of() : environment.parameters();
    }
}
