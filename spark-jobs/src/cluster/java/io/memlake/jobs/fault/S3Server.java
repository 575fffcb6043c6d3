package io.memlake.jobs.fault;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A server on loopback that speaks S3 and keeps its objects in a folder. */
final class S3Server {
  private static final String KEY = "memlake";
  private static final String SECRET = "no-secret-of-anybody";

  private final S3Proxy server;
  private final String endpoint;

  /** Starts with one empty bucket, whose objects lie in {@code folder}. */
  S3Server(Path folder, String bucket) throws Exception {
    FilesystemNio2BlobStore objects =
        new FilesystemNio2BlobStore(Files.createDirectories(folder).toString());
    objects.createContainer(bucket);
    endpoint = "http://127.0.0.1:" + freePort();
    server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create(endpoint))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
  }

  /** What Hadoop has to know to use it. */
  Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "fs.s3a.endpoint", endpoint,
            "fs.s3a.endpoint.region", "us-east-1",
            "fs.s3a.path.style.access", "true",
            "fs.s3a.connection.ssl.enabled", "false",
            "fs.s3a.aws.credentials.provider",
                "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            "fs.s3a.access.key", KEY,
            "fs.s3a.secret.key", SECRET));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends it; its objects stay in their folder. */
  void stop() throws Exception {
    server.stop();
  }
}
