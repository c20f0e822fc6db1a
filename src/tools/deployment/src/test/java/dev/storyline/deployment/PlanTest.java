package dev.storyline.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final List<String> SLICES = List.of(
            "functions/shop/history",
            "functions/shop/restock",
            "functions/shop/sell",
            "functions/shop/stock",
            "functions/shop/tell");

    @TempDir
    Path root;

    private Shop shop;
    private String stage = "dev";

    @BeforeEach
    void recorded() throws Exception {
        shop = Shop.in(root);
        shop.write("src/contexts/shop/pom.xml", "<project/>");
        for (String slice : SLICES) {
            shop.write(slice + "/pom.xml", "<project/>");
        }
        shop.write("src/runtime/kernel/src/main/java/Kernel.java", "interface Kernel {}");
        shop.git("init", "-q").git("add", ".").git("commit", "-q", "-m", "The shop opens");
    }

    private record Answer(int status, String out, String err) {
        List<String> stacks() {
            return out.lines()
                    .filter(line -> line.startsWith("# "))
                    .map(line -> line.substring(2).replaceAll(",.*", ""))
                    .toList();
        }
    }

    /** Runs {@code plan}, {@code plan --since REV} or {@code plan --since REV --modules}. */
    private Answer run(String... arguments) {
        try {
            List<String> lines = switch (arguments.length) {
                case 1 -> Plan.first(root, stage);
                case 3 -> Plan.since(root, arguments[2], stage);
                default -> Plan.modules(root, arguments[2]);
            };
            return new Answer(0, lines.stream().map(line -> line + "\n").collect(Collectors.joining()), "");
        } catch (PlanException | TemplateException e) {
            return new Answer(1, "", e.getMessage() + "\n");
        }
    }

    private List<String> deployed() {
        return run("plan", "--since", "HEAD").stacks();
    }

    private List<String> modules() {
        return run("plan", "--since", "HEAD", "--modules").out().lines().toList();
    }

    @Test
    void a_first_installation_begins_with_what_the_others_import() {
        Answer answer = run("plan");
        assertThat(answer.status()).isZero();
        assertThat(answer.stacks())
                .hasSize(6)
                .startsWith("infra/shop")
                .containsSubsequence("functions/shop/stock", "functions/shop/sell")
                .containsSubsequence("functions/shop/restock", "functions/shop/tell");
        assertThat(answer.out())
                .contains(
                        "(cd infra && sam deploy --config-env shop --parameter-overrides Stage=dev JwtIssuer=...)",
                        "./storyline package shop/sell",
                        "(cd functions/shop/sell && sam deploy)");
    }

    @Test
    void every_name_in_the_commands_follows_the_stage() {
        stage = "prod";
        assertThat(run("plan").out())
                .contains(
                        "sam deploy --config-env shop --stack-name storyline-prod-shop --s3-prefix storyline-prod-shop"
                                + " --parameter-overrides Stage=prod JwtIssuer=...)",
                        "(cd functions/shop/sell && sam deploy --stack-name storyline-prod-shop-sell"
                                + " --s3-prefix storyline-prod-shop-sell --parameter-overrides Stage=prod)")
                .doesNotContain("dev");
        stage = "Prod!";
        assertThat(run("plan").err()).startsWith("A stage has at most 20 small letters");
    }

    @Test
    void under_fanout_the_distributor_is_packaged_and_each_new_view_is_rebuilt() throws Exception {
        shop.change("infra/samconfig.toml", "stack_name", "parameter_overrides = \"Feed=fanout\"\nstack_name");
        shop.change("functions/shop/stock/template.yaml", "Default: dynamodb", "Default: fanout");
        Answer answer = run("plan");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains("./storyline package infra\n(cd infra && sam deploy")
                .contains(
                        "# functions/shop/stock, after infra/shop; its queue has no history, so it ends with a rebuild")
                .containsOnlyOnce("'{\"do\": \"rebuild\"}'")
                .contains("--stack-name storyline-dev-shop-stock --logical-resource-id Upkeep");
    }

    @Test
    void what_the_slices_of_a_context_share_touches_the_contexts_that_have_it() throws Exception {
        shop.change("infra/src/main/java/Endpoints.java", "class", "final class");
        assertThat(run("plan", "--since", "HEAD").out()).startsWith("Nothing to deploy");
        assertThat(modules()).containsExactly("infra");
        shop.change("infra/samconfig.toml", "stack_name", "parameter_overrides = \"Feed=fanout\"\nstack_name");
        shop.git("add", "infra/samconfig.toml").git("commit", "-q", "-m", "A distributor", "infra/samconfig.toml");
        assertThat(deployed()).containsExactly("infra/shop");
    }

    @Test
    void stacks_that_import_from_each_other_are_told() throws Exception {
        shop.change("functions/shop/stock/template.yaml", "shop-event-table-arn", "shop-restock-inner-arn");
        shop.change("functions/shop/restock/template.yaml", "shop-event-table-arn", "shop-stock-table-arn");
        Answer answer = run("plan");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("functions/shop/restock -> functions/shop/stock -> functions/shop/restock");
    }

    @Test
    void an_import_that_nobody_exports_is_told() throws Exception {
        shop.change("functions/shop/sell/template.yaml", "stock-table-arn", "stocks-table-arn");
        Answer answer = run("plan");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("functions/shop/sell", "storyline-dev-shop-stocks-table-arn");
    }

    @Test
    void what_changes_in_a_slice_touches_that_slice_alone() throws Exception {
        shop.change("functions/shop/sell/src/main/java/Endpoints.java", "class", "final class");
        assertThat(deployed()).containsExactly("functions/shop/sell");
        assertThat(modules()).containsExactly("functions/shop/sell");
    }

    @Test
    void a_new_file_counts_before_git_knows_it() throws Exception {
        shop.write("functions/shop/tell/src/main/java/More.java", "class More {}");
        assertThat(deployed()).containsExactly("functions/shop/tell");
    }

    @Test
    void what_changes_in_the_language_of_a_context_touches_its_slices() throws Exception {
        shop.write("src/contexts/shop/src/main/java/Words.java", "class Words {}");
        assertThat(deployed()).containsExactlyInAnyOrderElementsOf(SLICES);
        assertThat(modules()).containsAll(SLICES).contains("src/contexts/shop").hasSize(6);
    }

    @Test
    void what_all_slices_carry_touches_all_of_them() throws Exception {
        shop.change("src/runtime/kernel/src/main/java/Kernel.java", "interface", "sealed interface");
        assertThat(deployed()).containsExactlyInAnyOrderElementsOf(SLICES);
        assertThat(modules()).containsExactly("all");
    }

    @Test
    void what_slices_stand_on_is_deployed_alone_and_its_importers_are_named() throws Exception {
        shop.change("infra/context.yaml", "RetentionInDays: 30", "RetentionInDays: 60");
        Answer answer = run("plan", "--since", "HEAD");
        assertThat(answer.stacks()).containsExactly("infra/shop");
        assertThat(answer.out()).contains("from which import " + String.join(", ", SLICES));
    }

    @Test
    void each_context_is_deployed_with_its_own_parameters() throws Exception {
        shop.change(
                "infra/samconfig.toml", "stack_name", "parameter_overrides = \"Stage=prod Kinesis=yes\"\nstack_name");
        shop.write("infra/samconfig.toml", Files.readString(root.resolve("infra/samconfig.toml")) + """

                [farm.deploy.parameters]
                template_file = "context.yaml"
                parameter_overrides = ["Kinesis=no"]
                """);
        assertThat(deployed()).containsExactlyInAnyOrder("infra/shop", "infra/farm");
        assertThat(run("plan", "--since", "HEAD").out())
                .contains(
                        "--config-env shop --parameter-overrides Stage=prod Kinesis=yes JwtIssuer=...",
                        "--config-env farm --parameter-overrides Stage=dev Kinesis=no JwtIssuer=...");
    }

    @Test
    void a_context_that_is_gone_is_told() throws Exception {
        shop.write("infra/samconfig.toml", Files.readString(root.resolve("infra/samconfig.toml")) + """

                [farm.deploy.parameters]
                template_file = "context.yaml"
                """);
        shop.git("add", ".").git("commit", "-q", "-m", "A farm");
        shop.change("infra/samconfig.toml", "[farm.deploy.parameters]", "[old.delete.parameters]");
        assertThat(run("plan", "--since", "HEAD").out()).contains("sam delete --stack-name storyline-dev-farm");
    }

    @Test
    void infra_settings_that_cannot_be_read_are_told_with_their_line() throws Exception {
        shop.write("infra/samconfig.toml", "version = 0.1\n[shop.deploy\n");
        assertThat(run("plan").err()).contains("samconfig.toml is not readable TOML, in line 2");
        shop.write("infra/samconfig.toml", "[shop.deploy.parameters]\nstack_name = \"x\"\n");
        assertThat(run("plan").err()).contains("names no template_file in [shop.deploy.parameters]");
    }

    @Test
    void a_model_a_document_and_a_test_are_not_deployed() throws Exception {
        shop.change("src/contexts/shop/model.yaml", "Sells things.", "Sells many things.");
        shop.write("README.md", "A shop");
        shop.write("functions/shop/sell/src/test/java/SellTest.java", "class SellTest {}");
        shop.write("src/verification/journeys/src/test/java/JourneyTest.java", "class JourneyTest {}");
        Answer answer = run("plan", "--since", "HEAD");
        assertThat(answer.status()).isZero();
        assertThat(answer.out()).startsWith("Nothing to deploy");
        assertThat(modules()).contains("functions/shop/sell", "src/verification/journeys");
    }

    @Test
    void a_slice_that_is_gone_is_told_and_not_built() throws Exception {
        for (String file : List.of("template.yaml", "pom.xml", "src/main/java/Endpoints.java")) {
            Files.delete(root.resolve("functions/shop/history").resolve(file));
        }
        Answer answer = run("plan", "--since", "HEAD");
        assertThat(answer.out())
                .contains("functions/shop/history", "sam delete --stack-name storyline-dev-shop-history");
        assertThat(modules()).isEmpty();
    }

    @Test
    void the_parent_of_everything_touches_everything() throws Exception {
        shop.write("pom.xml", "<project/>");
        assertThat(deployed()).containsExactlyInAnyOrderElementsOf(SLICES);
        assertThat(modules()).containsExactly("all");
    }

    @Test
    void a_revision_that_is_none_is_told_in_a_sentence() {
        for (String revision : List.of("no-such-branch", "--output=x", "HEAD^{tree}")) {
            Answer answer = run("plan", "--since", revision);
            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.err())
                    .startsWith("There is no revision '" + revision + "'")
                    .hasLineCount(1);
        }
    }

    @Test
    void a_folder_without_templates_is_told_in_a_sentence() throws Exception {
        Answer answer =
                new PlanTest().in(Files.createDirectory(root.resolve("empty"))).run("plan");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).startsWith("There are no templates under").hasLineCount(1);
    }

    private PlanTest in(Path folder) {
        root = folder;
        return this;
    }
}
