package dev.storyline.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class PolicyTest {
    private static final String EVENTS = "arn:aws:dynamodb:us-east-1:000000000000:table/events";
    private static final String VIEW = "arn:aws:dynamodb:us-east-1:000000000000:table/view";
    private static final String QUERY = "dynamodb:Query";
    private static final Map<String, String> TRANSACTION = Map.of("dynamodb:EnclosingOperation", "TransactWriteItems");

    private static Policy policy(String... statements) {
        Object policies = new Yaml().load("[{Statement: [" + String.join(", ", statements) + "]}]");
        return Policy.read(policies, problem -> new TemplateException("The function " + problem + "."));
    }

    private static Policy on(String resource, String actions) {
        return policy("{Effect: Allow, Action: " + actions + ", Resource: '" + resource + "'}");
    }

    private static boolean inTransaction(Policy policy) {
        return policy.allows("dynamodb:PutItem", EVENTS, TRANSACTION);
    }

    private static boolean alone(Policy policy) {
        return policy.allows("dynamodb:PutItem", EVENTS, Map.of());
    }

    private static Policy under(String condition) {
        return policy("{Effect: Allow, Action: 'dynamodb:PutItem', Resource: '" + EVENTS + "', Condition: {" + condition
                + "}}");
    }

    @Test
    void what_no_statement_allows_is_denied() {
        Policy policy = on(EVENTS, "[dynamodb:Query, dynamodb:PutItem]");
        assertThat(policy.allows(QUERY, EVENTS, Map.of())).isTrue();
        assertThat(policy.allows("dynamodb:PutItem", EVENTS, TRANSACTION)).isTrue();
        assertThat(policy.allows("dynamodb:Scan", EVENTS, Map.of())).isFalse();
        assertThat(policy.allows(QUERY, VIEW, Map.of())).isFalse();
        assertThat(policy.allows(QUERY, EVENTS + "/index/by-day", Map.of())).isFalse();
        assertThat(Policy.NONE.allows(QUERY, EVENTS, Map.of())).isFalse();
    }

    @Test
    void wildcards_match_as_in_IAM() {
        assertThat(on(EVENTS + "/index/*", "dynamodb:Query").allows(QUERY, EVENTS + "/index/by-day", Map.of()))
                .isTrue();
        assertThat(on(EVENTS + "/index/*", "dynamodb:Query").allows(QUERY, EVENTS, Map.of()))
                .isFalse();
        assertThat(on("*", "'dynamodb:*Item'").allows("dynamodb:BatchGetItem", VIEW, Map.of()))
                .isTrue();
        assertThat(on("*", "'dynamodb:*Item'").allows("dynamodb:TransactWriteItems", VIEW, Map.of()))
                .isFalse();
        assertThat(on("arn:aws:dynamodb:*:*:table/vie?", "'*'").allows(QUERY, VIEW, Map.of()))
                .isTrue();
        assertThat(on("arn:aws:dynamodb:*:*:table/view?", "'*'").allows(QUERY, VIEW, Map.of()))
                .isFalse();
    }

    @Test
    void the_case_of_actions_does_not_matter_that_of_resources_does() {
        assertThat(on(EVENTS, "DynamoDB:query").allows(QUERY, EVENTS, Map.of())).isTrue();
        assertThat(on(EVENTS.replace("events", "Events"), "dynamodb:Query").allows(QUERY, EVENTS, Map.of()))
                .isFalse();
    }

    @Test
    void a_statement_that_denies_wins_wherever_it_stands() {
        String all = "{Effect: Allow, Action: 'dynamodb:*', Resource: '*'}";
        String not = "{Effect: Deny, Action: 'dynamodb:DeleteItem', Resource: '" + EVENTS + "'}";
        for (Policy policy : List.of(policy(all, not), policy(not, all))) {
            assertThat(policy.allows("dynamodb:DeleteItem", EVENTS, Map.of())).isFalse();
            assertThat(policy.allows("dynamodb:DeleteItem", VIEW, Map.of())).isTrue();
        }
    }

    @Test
    void a_condition_must_be_met() {
        for (String operator :
                List.of("StringEquals", "'ForAnyValue:StringEquals'", "StringLike", "'ForAnyValue:StringLike'")) {
            Policy policy = under(operator + ": {'dynamodb:EnclosingOperation': [TransactWriteItems]}");
            assertThat(inTransaction(policy)).as(operator).isTrue();
            assertThat(alone(policy)).as(operator).isFalse();
        }
        Policy other = under("StringEquals: {'dynamodb:EnclosingOperation': TransactGetItems}");
        assertThat(inTransaction(other)).isFalse();
        Policy pattern = under("StringLike: {'DynamoDB:enclosingoperation': 'Transact*'}");
        assertThat(inTransaction(pattern)).isTrue();
        Policy literal = under("StringEquals: {'dynamodb:EnclosingOperation': 'Transact*'}");
        assertThat(inTransaction(literal)).isFalse();
    }

    @Test
    void some_conditions_are_met_where_the_key_is_missing() {
        for (String operator :
                List.of("StringEqualsIfExists", "'ForAllValues:StringEquals'", "'ForAllValues:StringEqualsIfExists'")) {
            Policy policy = under(operator + ": {'dynamodb:EnclosingOperation': TransactWriteItems}");
            assertThat(inTransaction(policy)).as(operator).isTrue();
            assertThat(alone(policy)).as(operator).isTrue();
            Policy other = under(operator + ": {'dynamodb:EnclosingOperation': TransactGetItems}");
            assertThat(inTransaction(other)).as(operator).isFalse();
        }
        Policy ifAny = under("'ForAnyValue:StringEqualsIfExists': {'dynamodb:EnclosingOperation': TransactWriteItems}");
        assertThat(alone(ifAny)).isFalse();
        Policy not = under("StringNotEquals: {'dynamodb:EnclosingOperation': TransactWriteItems}");
        assertThat(alone(not)).isTrue();
        assertThat(inTransaction(not)).isFalse();
    }

    @Test
    void a_condition_may_name_one_stream_or_the_tag_of_a_resource() {
        Policy stream = under("'ForAllValues:StringEquals': {'dynamodb:LeadingKeys': ['operator#sell']}");
        assertThat(stream.allows("dynamodb:PutItem", EVENTS, Map.of("dynamodb:LeadingKeys", "operator#sell")))
                .isTrue();
        assertThat(stream.allows("dynamodb:PutItem", EVENTS, Map.of("dynamodb:LeadingKeys", "operator#stock")))
                .isFalse();
        Policy tag = under("StringEquals: {'aws:ResourceTag/storyline-upkeep': dev/shop}");
        assertThat(tag.allows("dynamodb:PutItem", EVENTS, Map.of("aws:ResourceTag/storyline-upkeep", "dev/shop")))
                .isTrue();
        assertThat(tag.allows("dynamodb:PutItem", EVENTS, Map.of("aws:ResourceTag/storyline-upkeep", "prod/shop")))
                .isFalse();
        assertThat(alone(tag)).isFalse();
    }

    @Test
    void the_first_that_is_missing_is_told_as_AWS_would() {
        Policy policy = on(EVENTS, "dynamodb:Query");
        Need scan = new Need("dynamodb:Scan", EVENTS);
        assertThat(policy.missing(List.of(new Need(QUERY, EVENTS), scan, new Need(QUERY, VIEW))))
                .isEqualTo(scan);
        assertThat(policy.missing(List.of(new Need(QUERY, EVENTS)))).isNull();
        Deployment.FunctionSpec function = new Deployment.FunctionSpec(
                "arn:aws:lambda:us-east-1:000000000000:function:shop-sell",
                "shop/sell",
                Path.of("shop"),
                "sell",
                Map.of(),
                "java25",
                Duration.ofSeconds(3),
                128,
                "",
                0,
                policy);
        assertThat(scan.refusal(function))
                .isEqualTo("User: arn:aws:sts::000000000000:assumed-role/shop-sellRole/shop-sell is not authorized to"
                        + " perform: dynamodb:Scan on resource: " + EVENTS
                        + " because no identity-based policy allows the dynamodb:Scan action");
    }

    @Test
    void what_is_not_known_is_refused() {
        refused("{Effect: Allow, NotAction: 'iam:*', Resource: '*'}", "NotAction");
        refused("{Effect: Allow, Action: '*', NotResource: x}", "NotResource");
        refused("{Effect: Maybe, Action: '*', Resource: x}", "Allow or Deny");
        refused("{Effect: Allow, Resource: x}", "an Action and a Resource");
        refused("{Effect: Allow, Actions: '*', Resource: x}", "Actions, which is no element of IAM");
        refused("{Effect: Allow, Action: 'a:b', Resource: 'arn:${aws:username}'}", "a policy variable");
        refused(conditioned("NumericLessThan: {'s3:max-keys': 5}"), "the operator NumericLessThan");
        refused(conditioned("StringEquals: {'dynamodb:Attributes': x}"), "dynamodb:Attributes");
        refused(conditioned("StringEquals: x"), "without keys");
        refused("text", "no mapping");
        assertThatThrownBy(() -> Policy.read(
                        List.of("AmazonDynamoDBFullAccess"), problem -> new TemplateException("It " + problem)))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("AmazonDynamoDBFullAccess");
    }

    private static String conditioned(String condition) {
        return "{Effect: Allow, Action: 'a:b', Resource: x, Condition: {" + condition + "}}";
    }

    private static void refused(String statement, String problem) {
        assertThatThrownBy(() -> policy(statement))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void what_is_about_services_that_are_not_played_is_left_alone() {
        Policy policy = policy("{Effect: Allow, Action: 'kms:Decrypt', Resource: '*',"
                + " Condition: {StringEquals: {'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com'}}}");
        assertThat(policy.allows("kms:Decrypt", "arn:aws:kms:us-east-1:000000000000:key/1", Map.of()))
                .isFalse();
    }
}
