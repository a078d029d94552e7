package io.alexstream.job.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * An artifact in the local Maven repository, {@code <root>/<group>/<artifact>/<version>/<artifact>-<version>.jar}, beside
 * which lies its {@code .pom}.
 *
 * @param group such as {@code org.apache.kafka}
 * @param licences their names, those of the nearest parent where it says none of its own
 */
public record MavenArtifact(Path jar, String group, List<String> licences) {

    /** Whether a jar lies in a local repository, and so beside its {@code .pom}. */
    public static boolean isOne(Path jar) {
        return jar.toString().endsWith(".jar") && Files.exists(pom(jar));
    }

    /** Reads it; {@code jar} must be one. */
    public static MavenArtifact of(Path jar) {
        try {
            Element project = parse(pom(jar));
            Element parent = child(project, "parent");
            String group = text(project, "groupId");
            if (group.isEmpty() && parent != null) {
                group = text(parent, "groupId");
            }
            // <root>/<group as folders>/<artifact>/<version>/<file>
            Path root = jar.getParent();
            for (int i = 0; i < group.split("\\.", -1).length + 2; i++) {
                root = root.getParent();
            }
            return new MavenArtifact(jar, group, licences(root, project));
        } catch (Exception e) {
            throw new IllegalStateException("cannot read " + pom(jar) + ": " + e.getMessage(), e);
        }
    }

    private static Path pom(Path jar) {
        Path version = jar.getParent();
        return version.resolve(version.getParent().getFileName() + "-" + version.getFileName() + ".pom");
    }

    private static List<String> licences(Path root, Element project) throws Exception {
        Element licences = child(project, "licenses");
        if (licences != null) {
            List<String> names = new ArrayList<>();
            for (Node node = licences.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element licence) {
                    names.add(text(licence, "name"));
                }
            }
            return names;
        }
        Element parent = child(project, "parent");
        if (parent == null) {
            return List.of();
        }
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        Path pom = root.resolve(text(parent, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        return licences(root, parse(pom));
    }

    private static Element parse(Path pom) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        Element element = child(parent, name);
        return element == null ? "" : element.getTextContent().strip();
    }
}
