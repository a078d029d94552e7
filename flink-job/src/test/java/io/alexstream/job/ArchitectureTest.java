package io.alexstream.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.NullMarked;

/** The job is thin: Kafka at its edges, the library in the middle, and nothing of training. */
@AnalyzeClasses(packages = "io.alexstream.job", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Classes outside {@code job.kafka} that know Kafka. A new one is a decision. */
    private static final Set<String> KAFKA_BESIDES = Set.of(
            // Names the exception that the producer would have thrown.
            "io.alexstream.job.WriteClassifications");

    /** What Flink does not promise to keep and is used all the same, with the reason. */
    private static final Set<String> UNSUPPORTED_FLINK = Set.of(
            // Its message is what the command line prints, without a stack trace.
            "org.apache.flink.client.program.ProgramParametrizationException",
            // The only way to say that a restart would not help.
            "org.apache.flink.runtime.execution.SuppressRestartsException",
            // How a failure comes back from a cluster; its first class says whether a restart would help.
            "org.apache.flink.util.SerializedThrowable",
            // How Flink writes durations and descriptions of options; the table of options is written likewise.
            "org.apache.flink.util.TimeUtils",
            "org.apache.flink.configuration.description.HtmlFormatter");

    @ArchTest
    static final ArchRule theJobNeverMeetsTheSideModule = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.alexstream.model..", "io.alexstream.demo..");

    @ArchTest
    static final ArchRule theJobLeavesImagesAndModelsToTheLibrary = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.alexstream.image..",
                    "io.alexstream.batching..",
                    "io.alexstream.inference..",
                    "io.alexstream.serving..",
                    "ai.onnxruntime..",
                    "com.fasterxml.jackson..",
                    "org.apache.flink.shaded..");

    @ArchTest
    static final ArchRule kafkaStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("io.alexstream.job.kafka..")
            .and(DescribedPredicate.describe("are no exceptions", type -> !KAFKA_BESIDES.contains(type.getName())))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");

    @ArchTest
    static final ArchRule theKafkaPackageDoesNotKnowTheJob = noClasses()
            .that()
            .resideInAPackage("io.alexstream.job.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.alexstream.job");

    @ArchTest
    static final ArchRule flinkIsUsedWhereItPromisesToStay = classes().should(useOnlySupportedFlink());

    @ArchTest
    static final ArchRule everyPackageSaysItsRoleAndIsNullMarked = classes().should(resideInANullMarkedPackage());

    private static ArchCondition<JavaClass> useOnlySupportedFlink() {
        return new ArchCondition<>("use only what Flink marks @Public or @PublicEvolving, or UNSUPPORTED_FLINK") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (Dependency use : item.getDirectDependenciesFromSelf()) {
                    JavaClass target = use.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith("org.apache.flink.")
                            && !isSupported(target)
                            && !UNSUPPORTED_FLINK.contains(target.getName())) {
                        events.add(SimpleConditionEvent.violated(item, use.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isSupported(JavaClass type) {
        return type.isAnnotatedWith(Public.class)
                || type.isAnnotatedWith(PublicEvolving.class)
                || type.getEnclosingClass().map(ArchitectureTest::isSupported).orElse(false);
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package with a package-info.java that says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }
}
