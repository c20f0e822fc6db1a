package dev.storyline.modeler.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDiffTest {
    private static final String WISHES = ModelWriter.write(ConfigTest.ours("wishes"));

    private static List<String> changes(String before, String after) {
        Model old = ModelReader.read(before, "old");
        Model now = ModelReader.read(after, "new");
        return ModelDiff.of(old, now).stream().map(Change::toString).toList();
    }

    @Test
    void a_model_does_not_differ_from_itself() {
        assertThat(changes(WISHES, WISHES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'actor: elf' | 'actor: [elf, child]' | + actor mark-naughty: child",
                "owner: wishes | owner: santa | ~ model owner: wishes -> santa",
                "'[naughty-wish, child' | '[rude-wish, naughty-wish, child' | + one-of Reason: rude-wish",
                "'{is: text, example: w1,' | '{is: uuid, example: w1,' | ~ type WishId.is: text -> uuid",
                "The wish is open | The wish stands | ~ event WishApproved.about: The wish is open, and present logistics will deliver it. -> The wish stands, and present logistics will deliver it.",
                "'      naughty: {type: boolean' | '      rude: {type: boolean' | > field MakeWish.naughty: now rude (99 % sure)",
                "'      naughty: {type: boolean' | '      naughty: {type: text' | ~ field MakeWish.naughty.type: boolean -> text",
                "'computed: [NaughtyChild.until, at]' | 'computed: NaughtyChild.until' | - computed MakeWish.listed: at",
                "too-many-wishes: {reads: [WishApproved.wishId, | too-many-wishes: {reads: [ | - reads make-wish.rules.too-many-wishes: WishApproved.wishId",
                "'          wish-too-long:' | '          wish-far-too-long:' | > rule make-wish.gatekeeper.rules.wish-too-long: now wish-far-too-long (99 % sure)",
                "'slice: cancel-wish' | 'slice: take-back' | > slice cancel-wish: now take-back (99 % sure)",
                "'the tenth open wish is approved' | 'ten open wishes are fine' | > specification make-wish.specifications.the tenth open wish is approved: now ten open wishes are fine (99 % sure)",
                "'events: WishCancelled' | 'events: [WishCancelled, WishFulfilled]' | + events cancel-wish: WishFulfilled",
                "'chapter: Behaving' | 'chapter: Misbehaving' | > chapter Behaving: now Misbehaving (99 % sure)"
            })
    void a_planted_change_is_found_as_exactly_that(String before, String after, String told) {
        String from = before.replace("\\n", "\n");
        assertThat(WISHES).contains(from);
        String changed = WISHES.replaceFirst(
                java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(after));
        assertThat(changes(WISHES, changed)).containsExactly(told);
    }

    @Test
    void who_names_a_renamed_thing_by_its_new_name_has_not_changed() {
        assertThat(changes(
                        WISHES,
                        WISHES.replace("  elf: ", "  santa: ")
                                .replace("actor: elf", "actor: santa")
                                .replace("[child, elf]", "[child, santa]")
                                .replace("[elf, auditor]", "[santa, auditor]")))
                .containsExactly("> actor elf: now santa (99 % sure)");
        assertThat(changes(
                        WISHES,
                        WISHES.replace("  child: {by", "  boy: {by").replace("stream: child\n", "stream: boy\n")))
                .containsExactly("> stream child: now boy (99 % sure)");
        assertThat(changes(
                        WISHES,
                        WISHES.replace("WishFulfilled", "WishGranted")
                                .replace("{type: WishGranted", "{type: WishFulfilled")))
                .containsExactly("> event WishFulfilled: now WishGranted (99 % sure)");
    }

    @Test
    void another_order_is_no_difference() {
        String one = """
                context: a
                events: [A, B]
                commands: [X, Y]
                story:
                  - chapter: C
                    slices:
                      - {slice: x, command: X, events: [A, B]}
                      - {slice: y, command: Y}
                """;
        String other = """
                context: a
                events: [B, A]
                commands: [Y, X]
                story:
                  - chapter: C
                    slices:
                      - {slice: y, command: Y}
                      - {slice: x, command: X, events: [B, A]}
                """;
        assertThat(changes(one, other)).isEmpty();
    }

    @Test
    void a_slice_that_goes_is_one_line_with_what_only_it_used() {
        String both = """
                context: a
                actors: [boss, clerk]
                streams: [job]
                events: {Opened: {stream: job}, Closed: {stream: job}}
                commands: [Open, Close]
                views: [Jobs]
                story:
                  - chapter: C
                    slices:
                      - {slice: open, actor: clerk, command: Open, events: Opened}
                      - {slice: jobs, view: Jobs, on: [Opened, Closed]}
                  - chapter: D
                    slices:
                      - {slice: close, actor: boss, command: Close, events: Closed}
                """;
        String one = """
                context: a
                actors: [clerk]
                streams: [job]
                events: {Opened: {stream: job}}
                commands: [Open]
                views: [Jobs]
                story:
                  - chapter: C
                    slices:
                      - {slice: open, actor: clerk, command: Open, events: Opened}
                      - {slice: jobs, view: Jobs, on: Opened}
                """;
        assertThat(changes(both, one))
                .containsExactly("- slice close: with actor boss, event Closed, command Close, chapter D");
        assertThat(changes(one, both))
                .containsExactly("+ slice close: with actor boss, event Closed, command Close, chapter D");
    }

    @Test
    void what_comes_and_goes_is_told_by_its_kind() {
        String more = WISHES.replace("\nevents:\n", "\nevents:\n  ToyBroken: A toy broke.\n");
        assertThat(changes(WISHES, more)).containsExactly("+ event ToyBroken: A toy broke.");
        assertThat(changes(more, WISHES)).containsExactly("- event ToyBroken: A toy broke.");
        String fewer = WISHES.replace(
                "      - slice: child-wishes\n        pattern: state view\n", "      - slice: child-wishes\n");
        assertThat(changes(WISHES, fewer)).containsExactly("~ slice child-wishes.pattern: state view -> nothing");
    }
}
