package dev.storyline.catalogue.describeproduct;

import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of describe-product. */
@Singleton
public class DescribeProductFunction {
    private final HttpCommandEndpoint<DescribeProduct, DescribeProduct> http;

    public DescribeProductFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                        edge,
                        edge.creating(Catalogue.LANGUAGE, new DescribeProductDecider()),
                        DescribeProduct.class,
                        r -> Catalogue.stream(r.productId()),
                        new DescribeProductGatekeeper())
                .making("/catalogue/products/{productId}");
    }

    @Funq("describe-product")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
