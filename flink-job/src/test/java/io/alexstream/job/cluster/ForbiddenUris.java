package io.alexstream.job.cluster;

import io.alexstream.job.testing.Pictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * URIs that lead out of what is allowed, by ways that attackers know: to this machine, to another host or folder that only looks
 * allowed, through links and dots. Behind each lies what a careless reader would find: a good picture, or somebody who listens.
 */
final class ForbiddenUris {

    private final String trap;
    private final Path root;

    /** @param folder where the pictures that may be read and those that may not are put */
    ForbiddenUris(Path folder, Trap trap) throws IOException {
        this.trap = ":" + trap.port() + "/a.png";
        root = Files.createDirectories(folder.resolve("allowed"));
        byte[] picture = Pictures.draw(1, "png");
        Files.write(folder.resolve("secret.png"), picture);
        Path sibling = Files.createDirectories(folder.resolve("allowed-not"));
        Files.write(sibling.resolve("secret.png"), picture);
        Files.createSymbolicLink(root.resolve("file.png"), folder.resolve("secret.png"));
        Files.createSymbolicLink(root.resolve("folder"), sibling);
    }

    /** What the job may read, in the form of its option: with a folder, and names that must not be mistaken. */
    String allowed() {
        // A name on the list is no leave to go where it leads: only an address is, or localhost, which leads nowhere
        // else.
        String own = ownName().map(name -> ",http://" + name + trap).orElse("");
        return root.toUri() + ",https://pictures.example/cats/" + own;
    }

    List<String> all() {
        List<String> uris = new ArrayList<>(files());
        uris.addAll(hosts());
        ownName().ifPresent(name -> uris.add("http://" + name + trap));
        return uris;
    }

    /** What this machine calls itself, where that leads to an address that is not public. */
    private static Optional<String> ownName() {
        try {
            InetAddress own = InetAddress.getLocalHost();
            boolean isNear = own.isLoopbackAddress() || own.isSiteLocalAddress();
            return isNear && own.getHostName().matches("(?!localhost$)[a-z][a-z0-9-]*")
                    ? Optional.of(own.getHostName())
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private List<String> files() {
        String folder = root.toUri().toString();
        return List.of(
                "file:///etc/passwd",
                "file://localhost" + root + "/file.png",
                folder + "file.png",
                folder + "folder/secret.png",
                folder + "../secret.png",
                folder + "%2e%2e/secret.png",
                folder + "..%2fsecret.png",
                folder + "%252e%252e/secret.png",
                folder.replace("/allowed/", "/allowed-not/") + "secret.png",
                "jar:" + folder + "a.jar!/a.png");
    }

    private List<String> hosts() {
        return List.of(
                "http://127.0.0.1" + trap,
                "http://localhost" + trap,
                "http://2130706433" + trap,
                "http://0x7f000001" + trap,
                "http://0177.0.0.1" + trap,
                "http://127.1" + trap,
                "http://0" + trap,
                "http://[::1]" + trap,
                "http://[::ffff:127.0.0.1]" + trap,
                "http://pictures.example@127.0.0.1" + trap,
                "http://127.0.0.1" + trap + "?https://pictures.example/cats/",
                "https://pictures.example@localhost" + trap,
                "https://pictures.example.evil.test/cats/a.png",
                "https://pictures.example:8443/cats/a.png",
                "http://pictures.example/cats/a.png",
                "https://pictures.example/cats/../dogs/a.png",
                "https://pictures.example/cats/%2e%2e/dogs/a.png",
                "http://169.254.169.254/latest/meta-data/",
                "ftp://127.0.0.1" + trap,
                "gopher://127.0.0.1" + trap);
    }
}
