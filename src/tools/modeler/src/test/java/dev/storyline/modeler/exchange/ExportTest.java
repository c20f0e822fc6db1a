package dev.storyline.modeler.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.storyline.model.Model;
import dev.storyline.model.RandomModel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExportTest {
    /**
     * A frame according to Mermaid's documentation: its number, its kind, its name with a lane, its predecessors, its
     * data.
     */
    private static final Pattern FRAME = Pattern.compile(
            "rf (\\d+) (ui|pcr|cmd|rmo|evt) [_a-zA-Z]\\w*(\\.[_a-zA-Z]\\w*)?((?: ->> \\d+)*)(?: \\[\\[([_a-zA-Z]\\w*)]])?");

    private static void assertADiagram(Model model) {
        Set<String> frames = new HashSet<>();
        Set<String> data = new HashSet<>();
        String text = Mermaid.write(model);
        assertThat(text).startsWith("eventmodeling\n");
        for (String line : text.lines().filter(line -> line.startsWith("rf ")).toList()) {
            Matcher frame = FRAME.matcher(line);
            assertThat(frame.matches()).as(line).isTrue();
            for (String source : Objects.requireNonNull(frame.group(4)).split(" ->> ")) {
                assertThat(source.isEmpty() || frames.contains(source)).as(line).isTrue();
            }
            assertThat(frames.add(frame.group(1))).as(line).isTrue();
            if (frame.group(5) != null) {
                data.add(frame.group(5));
            }
        }
        data.forEach(name -> assertThat(text).containsOnlyOnce("data " + name + " {\n"));
    }

    @Test
    void a_diagram_has_only_frames_that_mermaid_knows_and_arrows_between_them() {
        assertADiagram(ConfigTest.ours("wishes"));
        for (long seed = 1; seed <= 100; seed++) {
            assertADiagram(new RandomModel(seed).model());
        }
    }

    private static final String DIAGRAM = """
        eventmodeling
        %% context: naughtychildren

        %% chapter: Listing

        %% slice: report-naughty-child
        rf 01 evt wishes_public.NaughtinessDetected
        rf 02 cmd ReportNaughtyChild ->> 01 [[command_ReportNaughtyChild]]
        rf 03 evt naughty_child.ChildListed ->> 02 [[event_ChildListed]]

        %% slice: publish-naughty-children
        rf 04 pcr TellEverybody ->> 03
        rf 05 evt naughtychildren_public.ChildAddedToNaughtyList ->> 04 [[public_event_ChildAddedToNaughtyList]]
        %% scenario: a listed child becomes public
        gwt 05
          when
            evt ChildListed
          then
            evt ChildAddedToNaughtyList
        %% scenario: an extended listing becomes public again
        gwt 05
          given
            evt ChildListed
          when
            evt ChildListed
          then
            evt ChildAddedToNaughtyList

        %% chapter: Auditing

        %% slice: stream-story
        rf 06 rmo StreamStory ->> 03 [[view_StreamStory]]
        rf 07 ui auditor.StreamStory ->> 06
        %% scenario: everything that is recorded of a child is told in order, as it was stored
        gwt 07
          given
            evt ChildListed
          then
            rmo StreamStory

        data command_ReportNaughtyChild {
          childId: text
          at: instant
        }

        data event_ChildListed {
          childId: text
          until: instant
        }

        data public_event_ChildAddedToNaughtyList {
          childId: text
          until: instant
        }

        data view_StreamStory {
          stream: text
          version: integer
          events: list of { type: text, version: integer, at: instant, actor: text, causation: text, correlation: text, command: text, data: json }
          next: optional integer
        }
        """;

    @Test
    void a_diagram_tells_slices_scenarios_and_fields() {
        assertThat(Mermaid.write(ConfigTest.ours("naughtychildren"))).isEqualTo(DIAGRAM);
    }

    @Test
    void a_document_tells_the_whole_story_and_no_mark_of_its_words_is_taken_for_markup() {
        String text = Markdown.write(ConfigTest.ours("wishes"));
        assertThat(text)
                .contains("### make-wish (state change)")
                .contains("- Given: 10 x WishApproved where wishId is old-{n}")
                .contains("- Then: it is rejected: banned")
                .contains("| wishId (identity) | WishId |");
        assertThat(Markdown.write(new RandomModel(3).model()).lines().filter(line -> line.startsWith("| ")))
                .allMatch(line -> line.replace("\\\\", "")
                                .replace("\\|", "")
                                .chars()
                                .filter(c -> c == '|')
                                .count()
                        == 6);
    }

    @Test
    void a_catalog_has_a_page_and_a_schema_for_every_message() {
        Map<String, String> files =
                EventCatalog.write(List.of(ConfigTest.ours("logistics"), ConfigTest.ours("wishes")));
        String event = "domains/wishes/services/wishes-service/events/wishes.public-event.WishApproved/";
        assertThat(files)
                .containsKeys(
                        "domains/wishes/index.mdx",
                        "domains/wishes/channels/wishes.child/index.mdx",
                        event + "index.mdx",
                        "domains/wishes/services/wishes-service/queries/wishes.view.ChildWishes/schema.json",
                        "domains/logistics/services/logistics-service/commands/logistics.command.OrderPresent/index.mdx");
        assertThat(files.get(event + "index.mdx")).isEqualTo("""
                ---
                id: "wishes.public-event.WishApproved"
                name: "Wish Approved"
                version: "1.0.0"
                summary: "A wish shall be fulfilled."
                schemaPath: "schema.json"
                channels: [{"id":"wishes.public"}]
                ---

                <NodeGraph />
                """);
        JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        files.forEach((path, text) -> {
            if (path.endsWith("ChildWishes/schema.json")) {
                String row =
                        "{\"childId\":\"simo\",\"wishes\":[{\"wishId\":\"w1\",\"wish\":\"a\",\"state\":\"open\"}],\"stream\":\"s\",\"version\":1}";
                assertThat(schemas.getSchema(text).validate(ForeignJson.read(row, "")))
                        .isEmpty();
                assertThat(schemas.getSchema(text).validate(ForeignJson.read(row.replace("open", "lost"), "")))
                        .hasSize(1);
                assertThat(schemas.getSchema(text).validate(ForeignJson.read("{}", "")))
                        .hasSize(4);
            }
        });
    }
}
