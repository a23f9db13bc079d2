-- The deployment in force of each component, and whether a version that runs was ever deployed.
CREATE INDEX deployment_component_deployed_at_idx ON deployment (component, deployed_at);
