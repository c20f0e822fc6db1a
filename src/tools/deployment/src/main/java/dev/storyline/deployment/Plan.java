package dev.storyline.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The order of an installation, and the stacks and modules that a change affects. */
public final class Plan {
    /** Modules that no slice depends on, neither in code nor in tests. */
    private static final Set<String> LEAVES = Set.of(
            "src/tools/cli",
            "src/tools/contracts",
            "src/verification/benchmarks",
            "src/verification/conformance",
            "src/verification/journeys");

    /** The file with the parameters of the stacks under {@code infra}. */
    private static final String INFRA_SETTINGS = "infra/samconfig.toml";

    /** The stage of the samconfig.toml files. */
    public static final String USUAL_STAGE = "dev";

    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,19}");

    private final Path root;
    private final String stage;
    private final Stacks stacks;
    private final Order order;

    private Plan(Path root, String stage) {
        if (!STAGE.matcher(stage).matches()) {
            throw new PlanException(
                    "A stage has at most 20 small letters, digits and hyphens, and begins with a letter, not '" + stage
                            + "'.");
        }
        this.root = root;
        this.stage = stage;
        stacks = Stacks.read(root);
        order = new Order(stacks);
    }

    /**
     * Returns the order of a first installation, with its commands. A view whose queue is subscribed to commits ends with a
     * rebuild, because a new queue has no history.
     *
     * @param stage the stage to which every name and parameter in the commands belongs
     * @throws PlanException if there is no such order or stage
     * @throws TemplateException if a template cannot be used
     */
    public static List<String> first(Path root, String stage) {
        Plan plan = new Plan(root, stage);
        List<String> lines = new ArrayList<>();
        for (Stack stack : plan.order.installation()) {
            Set<String> needed = plan.order.importsOf(stack.path());
            Optional<String> rebuild = plan.rebuild(stack);
            lines.add("# " + stack.path() + (needed.isEmpty() ? "" : ", after " + String.join(", ", needed))
                    + (rebuild.isEmpty() ? "" : "; its queue has no history, so it ends with a rebuild"));
            lines.addAll(plan.commands(stack));
            rebuild.ifPresent(lines::add);
        }
        return lines;
    }

    /**
     * Returns the stacks to deploy after the changes since a revision, in order, with their commands.
     *
     * @param stage the stage to which every name and parameter in the commands belongs
     * @throws PlanException if there is no such revision or stage
     * @throws TemplateException if a template cannot be used
     */
    public static List<String> since(Path root, String revision, String stage) {
        List<String> changed = Changes.since(root, revision);
        Plan plan = new Plan(root, stage);
        List<String> lines = new ArrayList<>();
        Set<String> gone = new TreeSet<>();
        Set<String> touched = new LinkedHashSet<>();
        changed.forEach(path -> plan.addDeployed(path, touched, gone));
        if (changed.contains(INFRA_SETTINGS)) {
            InfraSettings.parse(Changes.text(root, revision, INFRA_SETTINGS), INFRA_SETTINGS)
                    .contexts()
                    .keySet()
                    .stream()
                    .filter(context -> plan.stacks.infra(context).isEmpty())
                    .forEach(context -> gone.add("infra/" + context));
        }
        for (Stack stack : plan.order.installation()) {
            if (touched.contains(stack.path())) {
                List<String> importers = plan.order.importersOf(stack.path());
                lines.add("# " + stack.path()
                        + (importers.isEmpty() ? "" : ", from which import " + String.join(", ", importers)));
                lines.addAll(plan.commands(stack));
            }
        }
        gone.forEach(path -> {
            lines.add("# " + path + ", which is here no more: delete its stack once nothing calls it");
            lines.add("sam delete --stack-name " + plan.stackName(path));
        });
        return lines.isEmpty()
                ? List.of("Nothing to deploy: no change since " + revision + " is in any stack.")
                : lines;
    }

    /**
     * Returns the Maven modules to build and test after the changes since a revision, or {@code all} if every module depends
     * on a change.
     *
     * @throws PlanException if there is no such revision
     */
    public static List<String> modules(Path root, String revision) {
        Set<String> modules = new TreeSet<>();
        Plan plan = new Plan(root, USUAL_STAGE);
        for (String path : Changes.since(root, revision)) {
            modules.addAll(plan.modulesOf(path));
        }
        return modules.contains("all") ? List.of("all") : List.copyOf(modules);
    }

    private void addDeployed(String path, Set<String> touched, Set<String> gone) {
        String[] parts = path.split("/", -1);
        if (isAside(path) || path.contains("/src/test/")) {
            return;
        }
        if (isInfra(path)) {
            infraOf(path).forEach(stack -> touched.add(stack.path()));
        } else if (path.startsWith("infra/openapi/")) {
            documented(path).forEach(stack -> touched.add(stack.path()));
        } else if (isSharedCode(path)) {
            touchShared(touched);
        } else if (path.equals(INFRA_SETTINGS)) {
            stacks.all().stream().filter(Stack::infra).forEach(stack -> touched.add(stack.path()));
        } else if (isOfSlice(parts)) {
            String slice = String.join("/", parts[0], parts[1], parts[2]);
            (Files.exists(root.resolve(slice).resolve("template.yaml")) ? touched : gone).add(slice);
        } else if (path.equals("pom.xml")
                || path.equals("functions/pom.xml")
                || (parts.length > 2 && parts[0].equals("src") && parts[1].equals("runtime"))) {
            stacks.slices().forEach(slice -> touched.add(slice.path()));
            touchShared(touched);
        } else if (isOfContext(parts) && !parts[3].equals("contracts") && !parts[3].equals("model.yaml")) {
            touched.addAll(slicesOf(parts[2]));
        } else if (parts.length == 3 && parts[0].equals("functions")) {
            touched.addAll(slicesOf(parts[1]));
        }
    }

    /** Returns whether one of these functions is code of {@code infra/src}. */
    private static boolean hasCode(Stack stack, List<String> functions) {
        return functions.stream().anyMatch(function -> !stack.export(function).isEmpty());
    }

    /** Adds the stacks of contexts that have a function. */
    private void touchShared(Set<String> touched) {
        stacks.all().stream()
                .filter(stack -> stack.infra() && hasCode(stack, stack.functions()))
                .forEach(stack -> touched.add(stack.path()));
    }

    private Set<String> modulesOf(String path) {
        String[] parts = path.split("/", -1);
        if (isAside(path) || path.equals(INFRA_SETTINGS)) {
            return Set.of();
        }
        if (isInfra(path)) {
            return infraOf(path).stream()
                    .flatMap(stack -> slicesOf(stack.context()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        if (path.startsWith("infra/openapi/")) {
            return Set.of("src/verification/journeys");
        }
        if (isSharedCode(path)) {
            return Set.of("infra");
        }
        if (isOfSlice(parts)) {
            String slice = String.join("/", parts[0], parts[1], parts[2]);
            return Files.exists(root.resolve(slice).resolve("pom.xml")) ? Set.of(slice) : Set.of();
        }
        if (parts.length == 3 && parts[0].equals("functions")) {
            return slicesOf(parts[1]);
        }
        if (isOfContext(parts)) {
            String context = String.join("/", parts[0], parts[1], parts[2]);
            if (Files.notExists(root.resolve(context).resolve("pom.xml"))) {
                return Set.of();
            }
            Set<String> modules = new TreeSet<>(slicesOf(parts[2]));
            modules.add(context);
            return modules;
        }
        if (parts.length > 3 && LEAVES.contains(String.join("/", parts[0], parts[1], parts[2]))) {
            return Set.of(String.join("/", parts[0], parts[1], parts[2]));
        }
        return Set.of("all");
    }

    /** Returns whether a file is neither built nor deployed. */
    private static boolean isAside(String path) {
        return path.endsWith(".md") || path.equals("LICENSE") || path.endsWith(".gitignore") || path.startsWith(".ci/");
    }

    /** Returns the stacks of a template under {@code infra}, one for each context. */
    private List<Stack> infraOf(String path) {
        return stacks.all().stream()
                .filter(stack -> stack.infra() && stack.file().equals(path))
                .toList();
    }

    /** Returns the stack that serves an OpenAPI document; for a change of the code, all of them. */
    private List<Stack> documented(String path) {
        String name = path.substring("infra/openapi/".length());
        return stacks.all().stream()
                .filter(stack -> stack.infra() && (!name.endsWith(".json") || name.equals(stack.context() + ".json")))
                .toList();
    }

    /** Returns whether a file is code of the functions that the slices of a context share. */
    private static boolean isSharedCode(String path) {
        return path.equals("infra/pom.xml") || path.startsWith("infra/src/");
    }

    private static boolean isInfra(String path) {
        return path.matches("infra/[^/]+\\.yaml");
    }

    private static boolean isOfSlice(String[] parts) {
        return parts.length > 3 && parts[0].equals("functions");
    }

    private static boolean isOfContext(String[] parts) {
        return parts.length > 3 && parts[0].equals("src") && parts[1].equals("contexts");
    }

    private Set<String> slicesOf(String context) {
        return stacks.slices().stream()
                .filter(slice -> slice.context().equals(context))
                .map(Stack::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> commands(Stack stack) {
        if (!stack.infra()) {
            return List.of(
                    "./storyline package " + stack.context() + "/" + stack.slice(),
                    "(cd " + stack.path() + " && sam deploy" + names(stack)
                            + (isUsual() ? "" : " --parameter-overrides Stage=" + stage) + ")");
        }
        Map<String, String> told = new LinkedHashMap<>(stack.environment().parameters());
        if (!isUsual()) {
            told.put("Stage", stage);
        }
        String asked = stack.template().source().parameters().stream()
                .filter(parameter -> parameter.value() == null && !told.containsKey(parameter.name()))
                .map(parameter -> " " + parameter.name() + "=...")
                .collect(Collectors.joining());
        // The command line replaces the parameters of samconfig.toml, so it has to repeat them.
        String repeated = told.entrySet().stream()
                .map(one -> " " + one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining());
        String deploy = "(cd infra && sam deploy --config-env " + stack.context() + names(stack)
                + (asked.isEmpty() && isUsual()
                        ? ""
                        : " --parameter-overrides" + (told.containsKey("Stage") ? "" : " Stage=dev") + repeated + asked)
                + ")";
        // SAM uploads the code of a function whose condition is false, too.
        boolean code = hasCode(stack, stack.template().declared("AWS::Serverless::Function"));
        return code ? List.of("./storyline package infra", deploy) : List.of(deploy);
    }

    private boolean isUsual() {
        return stage.equals(USUAL_STAGE);
    }

    /** The names that samconfig.toml has for the usual stage. */
    private String names(Stack stack) {
        String name = stackName(stack.path());
        return isUsual() ? "" : " --stack-name " + name + " --s3-prefix " + name;
    }

    /** The command that rebuilds a view whose feed reads a queue that is subscribed to commits. */
    private Optional<String> rebuild(Stack stack) {
        if (stack.infra()
                || stack.template().resources("AWS::SNS::Subscription").isEmpty()
                || !stack.template().resources("Custom::Birth").isEmpty()) {
            return Optional.empty();
        }
        return stack.functions().stream()
                .filter(function -> stack.export(function).endsWith("-upkeep"))
                .findFirst()
                .map(function -> "aws lambda invoke --cli-read-timeout 900 --cli-binary-format raw-in-base64-out"
                        + " --payload '{\"do\": \"rebuild\"}' --function-name $(aws cloudformation describe-stack-resource"
                        + " --stack-name " + stackName(stack.path()) + " --logical-resource-id " + function
                        + " --query StackResourceDetail.PhysicalResourceId --output text) /dev/stdout");
    }

    /**
     * {@code storyline-dev-wishes} for the shared resources of a context, {@code storyline-dev-wishes-make-wish} for a
     * slice.
     */
    private String stackName(String path) {
        return "storyline-" + stage + "-" + path.replaceFirst("^[a-z]+/", "").replace('/', '-');
    }
}
