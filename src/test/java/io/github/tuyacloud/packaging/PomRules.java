package io.github.tuyacloud.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Maven Central asks of a pom.
 *
 * @param groupId as its place says
 * @param artifactId as its place says
 * @param version as its place says
 */
record PomRules(String groupId, String artifactId, String version) {
    private static final List<String> REQUIRED = List.of(
            "modelVersion",
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/url",
            "scm/connection",
            "scm/developerConnection");

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    /** The rules that a pom breaks, in words. */
    List<String> brokenBy(byte[] pom) throws IOException {
        Element project = parse(pom);
        List<String> broken = new ArrayList<>();
        for (String field : REQUIRED) {
            if (texts(project, field).findAny().isEmpty()) {
                broken.add("the pom has no " + field);
            }
        }
        Map.of("groupId", groupId, "artifactId", artifactId, "version", version).forEach((field, expected) -> {
            if (texts(project, field).noneMatch(expected::equals)) {
                broken.add("the pom's " + field + " is not that of its place: " + expected);
            }
        });
        all(project.getElementsByTagName("version"))
                .filter(element -> element.getParentNode() != project)
                .map(element -> resolved(project, element.getTextContent().strip()))
                .filter(other -> other.endsWith("-SNAPSHOT"))
                .forEach(other -> broken.add("the pom builds on a snapshot: " + other));
        return broken;
    }

    private String resolved(Element project, String text) {
        return PROPERTY.matcher(text).replaceAll(property -> value(project, property));
    }

    private static String value(Element project, MatchResult property) {
        // ${project.version} is the version of a release, or that is complained about elsewhere
        return texts(project, "properties/" + property.group(1)).findFirst().orElse("");
    }

    /** The texts at a path below an element, without empty ones. */
    private static Stream<String> texts(Element element, String path) {
        Stream<Element> found = Stream.of(element);
        for (String name : path.split("/")) {
            found = found.flatMap(parent -> all(parent.getChildNodes()))
                    .filter(child -> child.getTagName().equals(name));
        }
        return found.map(leaf -> leaf.getTextContent().strip()).filter(text -> !text.isEmpty());
    }

    private static Stream<Element> all(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast);
    }

    private static Element parse(byte[] pom) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(pom))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the pom cannot be read", e);
        }
    }
}
