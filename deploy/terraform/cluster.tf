# Autopilot has Workload Identity, and sizes its nodes by the chart's requests.
resource "google_container_cluster" "this" {
  count               = var.create_cluster ? 1 : 0
  name                = var.name
  location            = var.region
  enable_autopilot    = true
  network             = data.google_compute_network.this.name
  deletion_protection = var.deletion_protection

  release_channel {
    channel = "REGULAR"
  }
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = false
  }
  ip_allocation_policy {}
  depends_on = [google_project_service.needed]
}

# Nodes without public addresses fetch the image, and notify your channels, through this.
resource "google_compute_router" "this" {
  count   = var.create_cluster ? 1 : 0
  name    = var.name
  network = data.google_compute_network.this.id
  region  = var.region
}

resource "google_compute_router_nat" "this" {
  count                              = var.create_cluster ? 1 : 0
  name                               = var.name
  router                             = google_compute_router.this[0].name
  region                             = var.region
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
