package io.alexstream.job.cluster;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.State;
import java.nio.file.Path;
import java.util.List;

/** What can happen to a job on a cluster; each with a model swap in flight. */
enum Fault {

    /** {@code kill -9}; another TaskManager takes its place. */
    TASK_MANAGER_KILLED {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ModelRef swap = ground.swap();
            FlinkCluster flink = ground.cluster().flink();
            List<String> names = flink.taskManagers();
            String job = ground.job().id();
            long failure = flink.rest().newestFailure(job);
            flink.killTaskManager(names.get(ground.random().nextInt(names.size())));
            ground.cluster().startTaskManager();
            flink.awaitTaskManagers();
            Patience.until(
                    "the job has failed and starts again",
                    () -> flink.rest().newestFailure(job) > failure,
                    flink::plight);
            return swap;
        }
    },

    /** {@code kill -9}, and back on the same log. */
    BROKER_KILLED {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ModelRef swap = ground.swap();
            BrokerProcess broker = ground.cluster().broker();
            int connections = broker.proxy().connections();
            broker.kill();
            broker.restart();
            Patience.until(
                    "the job connects to the broker again",
                    () -> broker.proxy().connections() > connections,
                    ground.cluster().flink()::plight);
            return swap;
        }
    },

    /** Between the job and the broker nothing arrives for a while; longer than a request's 30 s at times. */
    BROKER_UNREACHABLE {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ModelRef swap = ground.swap();
            TcpProxy proxy = ground.cluster().broker().proxy();
            long heldBack = proxy.heldBack();
            proxy.blackHole();
            try {
                ground.last(2, 35);
            } finally {
                proxy.heal();
            }
            if (proxy.heldBack() == heldBack) {
                throw new AssertionError("the job sent and received nothing while the broker was out of reach");
            }
            return swap;
        }
    },

    /** {@code kill -9} without high availability; the job is submitted again from its newest checkpoint. */
    JOB_MANAGER_KILLED {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ModelRef swap = ground.swap();
            FlinkCluster flink = ground.cluster().flink();
            flink.killJobManager();
            Path checkpoint = ground.job().newestCheckpoint();
            flink.restartJobManager();
            flink.awaitFreeSlots();
            ground.job().resume(checkpoint.toUri().toString(), 4);
            return swap;
        }
    },

    /** Stopped with a savepoint, and restored with half the subtasks and then with all again. */
    RESCALED {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ground.rescale(ground.random().nextInt(1, 4));
            return ground.rescale(4);
        }
    },

    /** Connections to the image server are refused for a while. */
    IMAGE_SERVER_DOWN {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ModelRef swap = ground.swap();
            int before = notFetched(ground);
            ground.cluster().imageServer().stop();
            try {
                ground.last(5, 60);
            } finally {
                ground.cluster().imageServer().start();
            }
            Patience.until(
                    "images become dead letters, since they could not be fetched",
                    () -> notFetched(ground) > before,
                    ground.cluster().flink()::plight);
            return swap;
        }
    },

    /** An update names a package that cannot be fetched: it is refused, and what served goes on, until the next update. */
    REPOSITORY_UNREACHABLE {
        @Override
        ModelRef strike(Ground ground) throws Exception {
            ModelShelf shelf = ground.cluster().shelf();
            ModelRef serving = shelf.latest();
            shelf.hide();
            try {
                long refused = ground.job().publish(shelf.next());
                ground.job().status().awaitFromAll(State.REJECTED, refused);
                List<Integer> versions = Round.versionsNow(ground);
                if (!versions.equals(List.of(serving.version()))) {
                    throw new AssertionError(
                            "while the repository was out of reach served " + versions + ", not " + serving.version());
                }
            } finally {
                shelf.show();
            }
            return ground.swap();
        }
    };

    /** How many images are answered so by now. */
    private static int notFetched(Ground ground) {
        Accounts accounts = ground.job().accounts();
        accounts.readToEnd();
        return accounts.deadLetters().getOrDefault(DeadLetterReason.FETCH_FAILED.name(), 0);
    }

    /**
     * Strikes and heals. Returns the version that must serve in the end.
     *
     * @throws AssertionError where the job did not notice
     */
    abstract ModelRef strike(Ground ground) throws Exception;
}
