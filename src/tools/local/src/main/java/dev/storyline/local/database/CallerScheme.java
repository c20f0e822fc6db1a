package dev.storyline.local.database;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Names the access key of a call, by which calls are counted, without a signature: DynamoDB Local checks none, and to
 * make one took a twentieth of the processors' time.
 */
final class CallerScheme implements AuthScheme<AwsCredentialsIdentity> {
    @Override
    public String schemeId() {
        return AwsV4AuthScheme.SCHEME_ID;
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return providers.identityProvider(AwsCredentialsIdentity.class);
    }

    @Override
    public HttpSigner<AwsCredentialsIdentity> signer() {
        return new HttpSigner<>() {
            @Override
            public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
                String caller =
                        "AWS4-HMAC-SHA256 Credential=" + request.identity().accessKeyId()
                                + "/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none";
                return SignedRequest.builder()
                        .request(request.request().copy(builder -> builder.putHeader("Authorization", caller)))
                        .payload(request.payload().orElse(null))
                        .build();
            }

            @Override
            public CompletableFuture<AsyncSignedRequest> signAsync(
                    AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
                return CompletableFuture.failedFuture(
                        new UnsupportedOperationException("Clients here are synchronous"));
            }
        };
    }
}
