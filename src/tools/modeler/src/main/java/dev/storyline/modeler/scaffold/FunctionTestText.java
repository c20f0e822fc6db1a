package dev.storyline.modeler.scaffold;

import java.util.Map;

/** The test that every slice's folder begins with: its function starts as its template says, and answers. */
final class FunctionTestText {
    private final Draft draft;

    FunctionTestText(Draft draft) {
        this.draft = draft;
    }

    void outer(Route route) {
        String parameters = String.join(
                ", ",
                route.parameters().stream()
                        .map(name -> JavaText.literal(name) + ", \"x\"")
                        .toList());
        http("LambdaEvents.post(Map.of(" + parameters + "), \"{\\\"unheardOf\\\": 1}\")");
    }

    void query(Route route) {
        String parameters = String.join(
                ", ",
                route.parameters().stream()
                        .map(name -> JavaText.literal(name) + ", \"x\"")
                        .toList());
        http("LambdaEvents.http(Map.of(" + parameters + "), Map.of(\"unheardOf\", \"1\"), Map.of(), null)");
    }

    private void http(String request) {
        JavaText java = java();
        java.use("dev.storyline.testkit.LambdaEvents", "java.util.Map");
        java.useStatic("org.hamcrest.Matchers.containsString");
        java.useStatic("org.hamcrest.Matchers.equalTo");
        write(
                java,
                "",
                "what_nobody_has_heard_of_is_refused_by_its_name",
                request,
                ".body(\"statusCode\", equalTo(400))",
                ".body(\"body\", containsString(\"unheardOf\"))");
    }

    void inner() {
        JavaText java = java();
        java.useStatic("org.hamcrest.Matchers.equalTo");
        write(
                java,
                "-inner",
                "a_command_that_nobody_understands_is_unreadable",
                JavaText.literal("""
                        {"commandId": "c", "actor": "a", "correlation": "c", "command": {"unheardOf": 1}}"""),
                ".statusCode(200)",
                ".body(\"outcome\", equalTo(\"unreadable\"))");
    }

    void translation() {
        JavaText java = java();
        java.use("dev.storyline.testkit.LambdaEvents", "java.util.Map");
        java.useStatic("org.hamcrest.Matchers.equalTo");
        write(
                java,
                "-translation",
                "an_event_of_another_type_is_not_taken",
                "LambdaEvents.messages(LambdaEvents.cloudEvent(\"nowhere.UnheardOf.v1\", \"e1\", Map.of()))",
                ".statusCode(200)",
                ".body(\"batchItemFailures.size()\", equalTo(1))");
    }

    void feed() {
        JavaText java = java();
        java.useStatic("org.hamcrest.Matchers.equalTo");
        write(
                java,
                "-feed",
                "a_batch_without_commits_is_done",
                JavaText.literal("{\"Records\": []}"),
                ".statusCode(200)",
                ".body(\"batchItemFailures.size()\", equalTo(0))");
    }

    void birth() {
        JavaText java = java();
        java.useStatic("org.hamcrest.Matchers.notNullValue");
        write(
                java,
                "-upkeep",
                "its_birth_is_stored",
                JavaText.literal("{\"do\": \"birth\"}"),
                ".statusCode(200)",
                ".body(\"birth\", notNullValue())");
    }

    private JavaText java() {
        JavaText java = draft.source();
        java.use(
                "dev.storyline.testkit.SliceTables",
                "io.quarkus.test.common.ResourceArg",
                "io.quarkus.test.common.WithTestResource",
                "io.quarkus.test.junit.QuarkusTest",
                "org.junit.jupiter.api.Test");
        java.useStatic("io.restassured.RestAssured.given");
        return java;
    }

    private void write(JavaText java, String exportEnding, String sentence, String request, String... answers) {
        String line = "\n                ";
        String body = "        given().body(" + request + ")" + line + ".post()" + line + ".then()" + line
                + String.join(line, answers) + ";\n";
        String name = draft.name() + "FunctionTest";
        String text = java.with(Words.fill(
                Words.part("FunctionTest.java.txt"),
                Map.of(
                        "name",
                        name,
                        "export",
                        draft.slice().name() + exportEnding,
                        "sentence",
                        sentence,
                        "body",
                        body)));
        write(name, text);
        String again = draft.name() + "FunctionIT";
        JavaText deployed = draft.source();
        deployed.use("io.quarkus.test.junit.QuarkusIntegrationTest");
        write(again, deployed.with(Words.fill(Words.part("FunctionIT.java.txt"), Map.of("name", again, "test", name))));
    }

    private void write(String name, String text) {
        draft.write(
                draft.folder() + "/src/test/java/" + draft.slicePackage().replace('.', '/') + "/" + name + ".java",
                text);
    }
}
