package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.Id;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipCheckTest {
    private record ChildId(String value) implements Id {}

    private record Ask(ChildId childId) {}

    private static final OwnershipCheck<Ask> OWN = OwnershipCheck.of("wishes/child-wishes", Ask::childId, "elf");
    private static final Ask ABOUT_SIMO = new Ask(new ChildId("simo"));

    private static HttpEvent event(String requestContext) throws Exception {
        return Json.mapper()
                .readValue("{\"isBase64Encoded\": false, \"requestContext\": " + requestContext + "}", HttpEvent.class);
    }

    private static HttpEvent with(Map<String, String> claims) throws Exception {
        JsonNode texts = Json.mapper().valueToTree(claims);
        return event("{\"authorizer\": {\"jwt\": {\"claims\": " + texts + ", \"scopes\": [\"wishes/child\"]}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "simo, wishes/child",
        "simo, ''",
        "ida, wishes/elf",
        "ida, openid wishes/child wishes/elf",
        "ida, [wishes/child wishes/elf]"
    })
    void who_is_meant_passes_and_who_may_act_for_anybody(String subject, String scope) throws Exception {
        HttpEvent event = with(Map.of("sub", subject, "scope", scope));

        assertThatCode(() -> OwnershipCheck.check(OWN, ABOUT_SIMO, event)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "ida, wishes/child",
        "ida, ''",
        "SIMO, wishes/child",
        "ida, logistics/elf",
        "ida, wishes/elf-in-training",
        "ida, wishes/child [wishes/elf]",
        "ida, 'wishes/child x,wishes/elf'",
        "ida, 'wishes/child,wishes/elf'",
        "ida, wishes/child\twishes/elf",
        "ida, wishes/child\u00a0wishes/elf",
        "ida, wishes/child wishes/ELF",
        "ida, wishes/child \"wishes/elf\"",
        "ida, [wishes/elf wishes/child x]",
        "ida, [x wishes/child wishes/elf]",
        "ida, '[x, wishes/elf]'",
        "ida, '[\"x\",\"wishes/elf\"]'",
        "ida, [[wishes/elf]]"
    })
    void somebody_else_does_not(String subject, String scope) throws Exception {
        HttpEvent event = with(Map.of("sub", subject, "scope", scope));

        assertThatThrownBy(() -> OwnershipCheck.check(OWN, ABOUT_SIMO, event))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.reply("/x"))
                                .satisfies(
                                        reply -> assertThat(reply.statusCode()).isEqualTo(403))
                                .satisfies(reply -> assertThat(reply.body())
                                        .contains("urn:storyline:problem:not-yours")
                                        .contains(subject)
                                        .doesNotContain("simo")));
    }

    @Test
    void a_token_of_nobody_is_not_that_of_somebody_called_anonymous() throws Exception {
        HttpEvent event = with(Map.of("scope", "wishes/child"));

        assertThatThrownBy(() -> OwnershipCheck.check(OWN, new Ask(new ChildId("anonymous")), event))
                .isInstanceOf(Problem.class);
        assertThat(event.actor()).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"authorizer\": {}}", "{\"authorizer\": {\"iam\": {}}}"})
    void where_no_token_was_asked_for_nothing_is_compared(String requestContext) throws Exception {
        HttpEvent event = event(requestContext);

        assertThatCode(() -> OwnershipCheck.check(OWN, ABOUT_SIMO, event)).doesNotThrowAnyException();
        assertThat(event.scopes()).isEmpty();
        assertThat(event.actor()).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @CsvSource({
        "scope, wishes/child wishes/elf",
        "scp, wishes/child wishes/elf",
        "scp, [wishes/child wishes/elf]",
        "scope, [wishes/child wishes/elf]"
    })
    void scopes_are_read_as_the_api_hands_them_on(String claim, String text) throws Exception {
        assertThat(with(Map.of(claim, text)).scopes()).containsExactlyInAnyOrder("wishes/child", "wishes/elf");
    }

    @ParameterizedTest
    @CsvSource({
        "a b, 'wishes/child', 'a|b'",
        "'a  b ', '', 'a|b'",
        "'a,b [c] d\te', '', 'a,b|[c]|d\te'",
        "'', '', ''",
        "[], a, ''",
        "[b], a, ''",
        "[a], a, a",
        "[a b], a, 'a|b'",
        // A list of three in whose middle stands what the route asks for could be a string: the ends do not count.
        "[a b c], b, b",
        "[a b c], a, 'a|b|c'",
        // Nobody has checked that the route's scope is in the token.
        "[a b c], '', b",
    })
    void a_list_is_taken_apart_where_it_can_be_no_string(String claim, String asked, String scopes) {
        assertThat(TokenScopes.of(claim, asked.isEmpty() ? List.of() : List.of(asked)))
                .containsExactly(scopes.isEmpty() ? new String[0] : scopes.split("\\|"));
    }
}
