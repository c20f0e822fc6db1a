package dev.storyline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDynamoDbTest {
    @TempDir
    Path directory;

    @Test
    void it_answers_on_loopback_and_nowhere_else() throws Exception {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.inMemory()) {
            assertThat(call(dynamo, "ListTables", "{}")).contains("\"TableNames\":[]");
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLoopbackAddress()) {
                        assertThatThrownBy(() ->
                                        new Socket(address, dynamo.endpoint().getPort()).close())
                                .isInstanceOf(java.net.ConnectException.class);
                    }
                }
            }
        }
    }

    @Test
    void a_table_is_still_there_after_a_restart() throws Exception {
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.in(directory)) {
            call(dynamo, "CreateTable", """
                    {"TableName": "kept", "BillingMode": "PAY_PER_REQUEST",
                     "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                     "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}""");
        }
        try (EmbeddedDynamoDb dynamo = EmbeddedDynamoDb.in(directory)) {
            assertThat(call(dynamo, "ListTables", "{}")).contains("\"TableNames\":[\"kept\"]");
        }
    }

    @Test
    void a_directory_in_use_is_refused() {
        EmbeddedDynamoDb first = EmbeddedDynamoDb.in(directory);
        try (first) {
            assertThatThrownBy(() -> EmbeddedDynamoDb.in(directory))
                    .isInstanceOf(EmbeddedDynamoDb.DirectoryInUse.class)
                    .hasMessageContaining("is in use by another process");
        }
    }

    private static String call(EmbeddedDynamoDb dynamo, String action, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(dynamo.endpoint() + "/"))
                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
