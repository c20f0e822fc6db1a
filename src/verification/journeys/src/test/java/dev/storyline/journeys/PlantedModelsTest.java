package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.deployment.Deployment;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.scenario.Specifications;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Plants differences between model and code in both directions. The build must report each one. */
class PlantedModelsTest {
    private static final Path ROOT = Repository.root();
    private static final Deployment DEPLOYMENT = Deployment.read(ROOT);

    /** Returns the failures of a slice's own tests with a changed model of its context. */
    private static List<String> told(String slice, String search, String replacement) throws IOException {
        String context = slice.substring(0, slice.indexOf('/'));
        List<Model> models = new ArrayList<>();
        for (Model model : Landscape.read(ROOT).models().values()) {
            if (model.context().equals(context)) {
                String file = "src/contexts/" + context + "/model.yaml";
                String text = Files.readString(ROOT.resolve(file));
                assertThat(text.split(Pattern.quote(search), -1))
                        .as("'" + search + "' stands in the model, so that it can be planted")
                        .hasSizeGreaterThan(1);
                models.add(ModelReader.read(text.replace(search, replacement), file));
            } else {
                models.add(model);
            }
        }
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {
                    ROOT.resolve("functions/" + slice + "/target/classes")
                            .toUri()
                            .toURL(),
                    ROOT.resolve("src/contexts/" + context + "/target/classes")
                            .toUri()
                            .toURL()
                },
                PlantedModelsTest.class.getClassLoader())) {
            Specifications specifications = Specifications.of(ROOT, Landscape.of(models), DEPLOYMENT, slice, classes);
            List<String> told = new ArrayList<>();
            specifications.all().forEach(one -> told.addAll(specifications.differences(one)));
            told.addAll(specifications.recordsThatDiffer());
            told.addAll(specifications.edgesThatDiffer());
            return told;
        }
    }

    private static void assertTold(List<String> told, String... parts) {
        assertThat(String.join("\n", told)).contains(parts);
    }

    @Test
    void what_stands_in_the_repository_agrees() throws IOException {
        assertThat(told("wishes/make-wish", "context: wishes", "context: wishes"))
                .isEmpty();
    }

    @Test
    void a_renamed_field_of_an_event_is_told_with_both_sides() throws IOException {
        List<String> told = told(
                "wishes/cancel-wish", "wish: {type: text, example: a sled}", "text: {type: text, example: a sled}");
        assertTold(
                told,
                "src/contexts/wishes/model.yaml:",
                "WishEvent$WishApproved has a field 'wish', which the event WishApproved does not have in the model",
                "the event WishApproved has a field 'text' in the model, which");
    }

    @Test
    void another_type_of_a_field_is_told_with_both_sides() throws IOException {
        assertTold(
                told(
                        "wishes/mark-naughty",
                        "until: {type: instant, example: tomorrow}",
                        "until: {type: integer, example: 1}"),
                "BecameNaughty.until is 'integer' in the model, but Instant in");
    }

    @Test
    void an_event_that_should_be_balanced_and_need_not_keep_it_is_told() throws IOException {
        assertTold(
                told(
                        "wishes/cancel-wish",
                        "wish: {type: text, example: a sled}",
                        "wish: {type: text, balanced: true, example: a sled}"),
                "WishApproved has a balanced field in the model, but",
                "WishEvent$WishApproved is no Invariant");
    }

    @Test
    void another_version_of_an_event_is_told() throws IOException {
        assertTold(
                told("logistics/recall-present", "about: The present shall be delivered.", "version: 2"),
                "PresentOrdered is version 2 in the model, but version 1 in");
    }

    @Test
    void an_event_that_a_slice_needs_and_the_language_lacks_is_told_but_not_a_young_one() throws IOException {
        String young = "  PresentLost: {stream: order}\n\npublic-events:";
        assertThat(told("logistics/recall-present", "\npublic-events:", young)).isEmpty();
        assertTold(
                told("logistics/recall-present", "PresentRecalled", "PresentTakenBack"),
                "the model has the event PresentTakenBack, which the language of the context does not have",
                "the language has the event PresentRecalled",
                "which the model does not have");
    }

    @Test
    void an_outcome_that_is_not_so_is_told() throws IOException {
        assertTold(
                told("wishes/make-wish", "then: {rejected: banned}", "then: WishApproved"),
                "no rejection was expected, but the rejection 'banned', 'A naughty wish of this child",
                "1 should be recorded, 0 were");
    }

    @Test
    void each_command_of_a_sequence_each_row_of_examples_and_each_sentence_is_judged() throws IOException {
        assertTold(
                told("wishes/make-wish", "- WishRejected: {wish: a ball,", "- WishRejected: {wish: a sled,"),
                "of two wishes with room for one the second is too many",
                "WishRejected.wish is \"a ball\", but should be a sled");
        assertTold(
                told("wishes/make-wish", "- {wish: some poison}", "- {wish: a ball}"),
                "a naughty wish is rejected on record [a ball]",
                "the rejection 'naughty-wish', 'The wish is a naughty one.' was expected, but no rejection came");
        assertTold(
                told("wishes/make-wish", "says: The wish is a naughty one.", "says: No."),
                "the rejection 'naughty-wish', 'No.' was expected, but the rejection 'naughty-wish', 'The wish is a naughty"
                        + " one.' came");
    }

    @Test
    void swapped_origins_of_two_fields_are_told_by_the_values() throws IOException {
        assertTold(
                told(
                        "logistics/deliver-present",
                        "childId: {type: ChildId, from: PresentOrdered.childId}",
                        "childId: {type: ChildId, from: PresentOrdered.present}"),
                "PresentDelivered.childId is \"ann\", but its origin gives [\"a sled\"]");
    }

    @Test
    void an_event_that_is_not_consumed_and_one_that_is_without_the_model_saying_so_are_told() throws IOException {
        assertTold(
                told(
                        "wishes/cancel-wish",
                        "folds: [WishApproved, WishCancelled, WishFulfilled]\n",
                        "folds: [WishApproved, WishFulfilled, WishRejected]\n"),
                "the model says that the slice wishes/cancel-wish consumes WishRejected, but no specification shows it",
                "the slice wishes/cancel-wish consumes WishCancelled, which the model does not say");
    }

    @Test
    void an_event_that_is_recorded_without_the_model_saying_so_is_told() throws IOException {
        assertTold(
                told("wishes/mark-naughty", "events: [BecameNaughty, WishCancelled]", "events: BecameNaughty"),
                "the slice wishes/mark-naughty records WishCancelled, which the model does not say");
    }

    @Test
    void a_view_that_a_gatekeeper_does_not_ask_is_told() throws IOException {
        assertTold(
                told("wishes/make-wish", "reads: NaughtyChild", "reads: Wish"),
                "the model says that the slice wishes/make-wish asks at its gate wishes/wish-by-id",
                "the slice wishes/make-wish asks at its gate wishes/naughty-list, which the model does not say");
    }

    @Test
    void a_person_without_a_route_and_a_route_without_a_person_are_told() throws IOException {
        assertTold(
                told(
                        "logistics/order-present",
                        "pattern: translation\n        about: A present is ordered",
                        "pattern: translation\n        actor: elf\n        about: A present is ordered"),
                "its template has no route");
        assertTold(
                told("logistics/deliver-present", "        actor: elf\n        screen: The delivery note.\n", ""),
                "has the route /logistics/orders/{wishId}/deliver, but the model names no actor");
    }
}
