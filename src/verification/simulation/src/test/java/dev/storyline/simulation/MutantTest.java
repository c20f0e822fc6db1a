package dev.storyline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class MutantTest {
    private static final String FILE = "src/runtime/kernel/src/main/java/dev/storyline/kernel/StreamId.java";
    private static final String FOLDED =
            "src/runtime/eventstore/src/main/java/dev/storyline/eventstore/FoldedStream.java";

    private static Mutant mutant(String search, String replacement) {
        return new Mutant("other-names", "Streams have other names.", FILE, search, replacement);
    }

    private static ClassLoader loader(Map<String, byte[]> mutated) {
        return new MutantLoader(MutantTest.class.getClassLoader(), mutated);
    }

    private static String childOne(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass(StreamId.class.getName())
                .getConstructor(String.class, String.class)
                .newInstance("child", "1")
                .toString();
    }

    @Test
    void its_classes_behave_otherwise_and_the_real_ones_as_ever() throws Exception {
        Mutant mutant = mutant("return category + \"#\" + id;", "return category + \"~\" + id;");
        assertThat(childOne(loader(mutant.classes()))).isEqualTo("child~1");
        assertThat(childOne(loader(Map.of()))).isEqualTo("child#1");
        assertThat(new StreamId("child", "1")).hasToString("child#1");
    }

    @Test
    void nested_classes_belong_to_it_and_its_neighbours_do_not() {
        Mutant mutant = new Mutant(
                "counts-twice",
                "A commit counts twice.",
                FOLDED,
                "commits == null ? 1 : commits.count() + 1",
                "commits == null ? 2 : commits.count() + 2");
        assertThat(mutant.classes())
                .containsOnlyKeys(
                        "dev.storyline.eventstore.FoldedStream", "dev.storyline.eventstore.FoldedStream$Seen");
    }

    @Test
    void white_space_is_no_difference_but_text_is() {
        assertThat(mutant("return   category\n + \"#\" + id;", "return id;").classes())
                .containsOnlyKeys(StreamId.class.getName());
    }

    @Test
    void a_mutant_that_has_rotted_says_so() {
        assertThatThrownBy(() -> mutant("nowhere to be found", "").classes())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other-names")
                .hasMessageContaining("0 times");
        assertThatThrownBy(() -> mutant("return", "").classes())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other-names");
        assertThatThrownBy(() ->
                        mutant("return category + \"#\" + id;", "return 5;").classes())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other-names does not compile");
    }

    @Test
    void all_that_is_ours_is_loaded_anew_and_all_else_is_shared() throws Exception {
        ClassLoader loader = loader(Map.of());
        assertThat(loader.loadClass(StoredEvent.class.getName()))
                .isNotSameAs(StoredEvent.class)
                .isSameAs(loader.loadClass(StoredEvent.class.getName()));
        assertThat(loader.loadClass(DynamoDbClient.class.getName())).isSameAs(DynamoDbClient.class);
        assertThatThrownBy(() -> loader.loadClass("dev.storyline.wishes.Nothing"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
