package io.alexstream;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Who may know whom. A rule that stands in the way is a question about the design: answer it here, where the answer is
 * seen, or move the class.
 */
@AnalyzeClasses(packages = "io.alexstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Each package of the library, and those of its sisters that it may use. A new package needs a line of its own. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "contract", Set.of(),
            "batching", Set.of(),
            "image", Set.of("contract"),
            "inference", Set.of("contract"),
            "serving", Set.of("contract", "image", "batching", "inference"),
            "flink", Set.of("contract", "image", "batching", "inference", "serving"));

    /** Where clocks, threads and pools are made; all others are given them, so that tests own time. */
    private static final Set<String> WIRING = Set.of(
            "io.alexstream.serving.ServingRuntimeFactory",
            // ONNX Runtime starts on a thread of its own, since it needs a deeper stack than the caller may have.
            "io.alexstream.inference.OrtStart",
            // A shutdown hook is a thread.
            "io.alexstream.inference.NativeCalls",
            // A fetcher is made of a policy and limits alone: it cuts off what trickles with a clock and threads of its
            // own.
            "io.alexstream.image.BoundedLookup",
            "io.alexstream.image.DaemonThreads",
            "io.alexstream.image.OngoingFetch",
            "io.alexstream.image.Watchdog");

    /** What Flink does not promise to keep and is used all the same, with the reason. */
    private static final Set<String> UNSUPPORTED_FLINK = Set.of(
            // The only way to say that a restart would not help; the default strategy never gives up.
            "org.apache.flink.runtime.execution.SuppressRestartsException",
            // The only way to the TaskManager's folder for temporary files.
            "org.apache.flink.streaming.api.operators.StreamingRuntimeContext",
            "org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo",
            // What every operator takes and gives; a function is not told of the end of its input.
            "org.apache.flink.streaming.runtime.streamrecord.StreamRecord",
            // Metrics are counted on our threads; the supported counter is not safe for that.
            "org.apache.flink.metrics.ThreadSafeSimpleCounter",
            // Told apart from other failures, so that the message can name the missing plugin.
            "org.apache.flink.core.fs.UnsupportedFileSystemSchemeException");

    @ArchTest
    static void packagesUseOnlyTheSistersTheyMay(JavaClasses classes) {
        classes()
                .should()
                .resideInAnyPackage(packages(MAY_USE.keySet()))
                .because("a new package is a line in MAY_USE first")
                .check(classes);
        MAY_USE.forEach((name, sisters) -> {
            Set<String> allowed = new TreeSet<>(sisters);
            allowed.add(name);
            noClasses()
                    .that()
                    .resideInAPackage("io.alexstream." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.alexstream..")
                            .and(DescribedPredicate.not(resideInAnyPackage(packages(allowed)))))
                    .because("it may use only " + sisters)
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    private static String[] packages(Set<String> names) {
        return names.stream().map(name -> "io.alexstream." + name + "..").toArray(String[]::new);
    }

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.alexstream.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule contractKnowsOnlyTheJdkAndJackson = classes()
            .that()
            .resideInAPackage("io.alexstream.contract..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.jackson..", "io.alexstream.contract..");

    @ArchTest
    static final ArchRule batchingKnowsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.alexstream.batching..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.alexstream.batching..");

    @ArchTest
    static final ArchRule onlyInferenceKnowsOnnxRuntime = onlyIn("inference", "ai.onnxruntime..");

    /** Flink carries a copy of Jackson under a name of its own; nobody needs that one. */
    @ArchTest
    static final ArchRule onlyContractKnowsJackson = onlyIn("contract", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule onlyImageKnowsPicturesAndHttp = onlyIn(
            "image", "com.twelvemonkeys..", "javax.imageio..", "java.awt..", "org.apache.hc..", "java.net.http..");

    /** An optional dependency: a class that knows it cannot be loaded where it is absent. */
    @ArchTest
    static final ArchRule oneClassKnowsOpenCv = noClasses()
            .that(describe(
                    "are not OpenCvDecoder",
                    type -> !topLevel(type).getName().equals("io.alexstream.image.OpenCvDecoder")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule nobodyKnowsKafkaOrShadedCopies = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "org.apache.flink.connector.kafka..", "org.apache.flink.shaded..");

    private static ArchRule onlyIn(String name, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.alexstream." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    @ArchTest
    static final ArchRule onlyTheAdapterKnowsFlinkBeyondItsFileSystems = noClasses()
            .that()
            .resideOutsideOfPackage("io.alexstream.flink..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.apache.flink..").and(resideOutsideOfPackage("org.apache.flink.core.fs")));

    /** One in image reads pictures, one in serving reads packages. */
    @ArchTest
    static void oneClassAPackageKnowsFlinksFileSystems(JavaClasses classes) {
        classes()
                .that()
                .resideOutsideOfPackage("io.alexstream.flink..")
                .should(FlinkUse.inAtMostOneClassOf("io.alexstream.image", "io.alexstream.serving"))
                .check(classes);
    }

    @ArchTest
    static final ArchRule flinkIsUsedWhereItPromisesToStay =
            classes().should(FlinkUse.ofSupportedClassesOr(UNSUPPORTED_FLINK));

    @ArchTest
    static final ArchRule clocksAndThreadsAreMadeWhereThePiecesAreWired = noClasses()
            .that(describe(
                    "are not wiring", type -> !WIRING.contains(topLevel(type).getName())))
            .should()
            .accessTargetWhere(describe("a clock, a thread or a pool is made", ArchitectureTest::makesClockOrThread))
            .because("tests own time: take it by constructor, or name the class in WIRING");

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::topLevel).orElse(type);
    }

    private static boolean makesClockOrThread(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean constructed = name.equals("<init>");
        if (owner.isEquivalentTo(System.class)) {
            return Set.of("nanoTime", "currentTimeMillis").contains(name);
        }
        return owner.isEquivalentTo(Executors.class)
                || (owner.isEquivalentTo(Instant.class) && name.equals("now"))
                || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                || (owner.isEquivalentTo(InstantSource.class) && name.equals("system"))
                || (constructed && owner.isAssignableTo(Thread.class))
                || (constructed && owner.isAssignableTo(Timer.class))
                || (constructed && owner.isAssignableTo(ExecutorService.class));
    }
}
