package io.alexstream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;

/** How our classes may use Flink's. */
final class FlinkUse {

    private FlinkUse() {}

    /**
     * Flink keeps what it marks {@code @Public} or {@code @PublicEvolving}; the rest may vanish in any release.
     *
     * @param exceptions names of Flink's classes that are used all the same
     */
    static ArchCondition<JavaClass> ofSupportedClassesOr(Set<String> exceptions) {
        return new ArchCondition<>("use only what Flink supports, or one of " + new TreeSet<>(exceptions)) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (Dependency use : item.getDirectDependenciesFromSelf()) {
                    JavaClass target = use.getTargetClass().getBaseComponentType();
                    if (isFlinks(target) && !isSupported(target) && !exceptions.contains(target.getName())) {
                        events.add(SimpleConditionEvent.violated(item, use.getDescription()));
                    }
                }
            }
        };
    }

    /** Counts the classes of each package that use Flink; a package not named may have none. */
    static ArchCondition<JavaClass> inAtMostOneClassOf(String... packages) {
        return new ArchCondition<>("use Flink in at most one class of each of " + List.of(packages)) {
            private final Map<String, Set<String>> users = new TreeMap<>();

            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (item.getDirectDependenciesFromSelf().stream().anyMatch(use -> isFlinks(use.getTargetClass()))) {
                    String topLevel = item.getName().replaceFirst("\\$.*", "");
                    users.computeIfAbsent(item.getPackageName(), name -> new TreeSet<>())
                            .add(topLevel);
                }
            }

            @Override
            public void finish(ConditionEvents events) {
                users.forEach((name, classes) -> {
                    if (classes.size() > (List.of(packages).contains(name) ? 1 : 0)) {
                        events.add(SimpleConditionEvent.violated(name, name + " uses Flink in " + classes));
                    }
                });
            }
        };
    }

    private static boolean isFlinks(JavaClass type) {
        return type.getPackageName().startsWith("org.apache.flink.");
    }

    private static boolean isSupported(JavaClass type) {
        return type.isAnnotatedWith(Public.class)
                || type.isAnnotatedWith(PublicEvolving.class)
                || type.getEnclosingClass().map(FlinkUse::isSupported).orElse(false);
    }
}
