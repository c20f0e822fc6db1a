package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import java.io.IOException;

/** Places orders through the internal endpoint, without any offer. */
final class InternalOrders {
    private InternalOrders() {}

    /** Places an order of one piece with this number. */
    static void place(LocalCloud cloud, String order, String customer) throws IOException {
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", "place-" + order)
                .put("actor", "tester")
                .put("correlation", order)
                .put("followedUp", false);
        message.set(
                "command",
                Json.mapper()
                        .readTree(("{'orderId': '" + order + "', 'customerId': '" + customer
                                        + "', 'lines': [{'productId': 'p', 'quantity': 1, 'price': {'amount': 10, 'currency': 'EUR'}}],"
                                        + " 'deliveryAddress': {'name': 'A', 'street': 'B', 'city': 'C', 'country': 'AT'},"
                                        + " 'offers': [{'productId': 'p', 'taxRate': 0, 'prices': [{'amount': 10, 'currency': 'EUR'}],"
                                        + " 'retired': false}], 'payWithin': 60, 'at': '2026-01-01T00:00:00Z'}")
                                .replace('\'', '"')));
        JsonNode reply = cloud.invoke("place-order-inner", message);
        assertThat(reply.path("outcome").asText()).as("%s", reply).isEqualTo("accepted");
    }
}
