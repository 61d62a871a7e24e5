package dev.muster.operate;

import java.util.List;
import java.util.function.Supplier;
import org.opensearch.client.node.NodeClient;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.rest.RestRequest;

/**
 * Stands in for the index management plugin, which is not to be had as an artifact: Tasklist names
 * its setting and the exporter asks it to let go of indices, although neither keeps anything for a
 * time.
 */
public final class NoIndexManagement extends Plugin implements ActionPlugin {

  private static final Setting<String> POLICY =
      Setting.simpleString(
          "index.plugins.index_state_management.policy_id",
          Setting.Property.IndexScope,
          Setting.Property.Dynamic);

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(POLICY);
  }

  @Override
  public List<RestHandler> getRestHandlers(
      Settings settings,
      RestController controller,
      ClusterSettings clusterSettings,
      IndexScopedSettings indexScopedSettings,
      SettingsFilter filter,
      IndexNameExpressionResolver resolver,
      Supplier<DiscoveryNodes> nodes) {
    return List.of(new NothingManaged());
  }

  private static final class NothingManaged implements RestHandler {

    @Override
    public List<Route> routes() {
      return List.of(
          new Route(RestRequest.Method.POST, "/_plugins/_ism/add/{index}"),
          new Route(RestRequest.Method.POST, "/_plugins/_ism/remove/{index}"));
    }

    @Override
    public void handleRequest(RestRequest request, RestChannel channel, NodeClient client) {
      request.param("index");
      channel.sendResponse(
          new BytesRestResponse(
              RestStatus.OK,
              "application/json",
              "{\"updated_indices\": 0, \"failures\": false, \"failed_indices\": []}"));
    }
  }
}
