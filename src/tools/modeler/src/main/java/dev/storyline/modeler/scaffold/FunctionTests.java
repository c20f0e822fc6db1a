package dev.storyline.modeler.scaffold;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The test that the folder of a slice begins with: its function starts as its template says, and answers. */
final class FunctionTests {
    private FunctionTests() {}

    /**
     * Writes the test.
     *
     * @param kind the endpoint that is tested: command, query, inner, translation, feed or maintenance
     * @param route its route; null for an endpoint without HTTP
     */
    static void write(Draft draft, String kind, @Nullable Route route) {
        Set<String> names = route == null ? Set.of() : route.parameters();
        String parameters =
                names.stream().map(name -> JavaSource.literal(name) + ", \"x\"").collect(Collectors.joining(", "));
        draft.test(draft.name() + "FunctionTest", "FunctionTest.java", Map.of("kind", kind, "parameters", parameters));
        draft.test(draft.name() + "FunctionIT", "FunctionIT.java", Map.of());
    }
}
