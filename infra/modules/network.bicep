// The private network: a subnet that the app's instances join, and one for the endpoints that they call.
import { Tags } from 'types.bicep'

@description('What makes names unique.')
param token string

@description('The region.')
param location string

@description('The tags.')
param tags Tags

resource network 'Microsoft.Network/virtualNetworks@2025-09-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.0.0.0/24'
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.0.1.0/24'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

@description('The network\'s resource id.')
output virtualNetworkId string = network.id

@description('The subnet that the app joins.')
output appSubnetId string = '${network.id}/subnets/app'

@description('The subnet for private endpoints.')
output privateEndpointSubnetId string = '${network.id}/subnets/endpoints'
