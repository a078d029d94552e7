package io.alexstream.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/**
 * A quota of the broker on what producers may write: the job's sink becomes slow, and holds the job back. It counts for all
 * producers together but for {@link #EXEMPT}, since each transaction's producer has a name of its own. Confined to one thread.
 */
final class SinkQuota implements AutoCloseable {

    /** The client id of the producer of references, which must not be held back. */
    static final String EXEMPT = "bench-references";

    private static final String BYTES_A_SECOND = "producer_byte_rate";

    private final Admin admin;

    SinkQuota(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** From now on producers may write so much together; without a quota where it is null. */
    void set(@Nullable Double bytesASecond) throws ExecutionException, InterruptedException {
        List<ClientQuotaAlteration> alterations = new ArrayList<>();
        alterations.add(alteration(null, bytesASecond));
        alterations.add(alteration(EXEMPT, bytesASecond == null ? null : 1e9));
        admin.alterClientQuotas(alterations).all().get();
    }

    private static ClientQuotaAlteration alteration(@Nullable String client, @Nullable Double bytesASecond) {
        // A null name stands for every user that has no quota of its own; without security there is one, ANONYMOUS.
        Map<String, @Nullable String> entity = new HashMap<>();
        entity.put(ClientQuotaEntity.USER, null);
        if (client != null) {
            entity.put(ClientQuotaEntity.CLIENT_ID, client);
        }
        return new ClientQuotaAlteration(
                new ClientQuotaEntity(entity), List.of(new ClientQuotaAlteration.Op(BYTES_A_SECOND, bytesASecond)));
    }

    @Override
    public void close() {
        admin.close();
    }
}
